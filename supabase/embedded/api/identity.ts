import { errors, jwtVerify } from 'jose';
import * as v from 'valibot';

const MOST_KEPT = 2_000;

export type Role = 'anon' | 'authenticated' | 'service_role';

/** Who calls: the database role to take and the token's claims, as SQL sees them in request.jwt.claims. */
export interface Identity {
  role: Role;
  claims: Record<string, unknown>;
  /** When the token ends, in ms since 1970; Infinity when it has no end. */
  expiresAt: number;
}

/** Why a token was not taken. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly expired: boolean;

  constructor(expired: boolean) {
    super(expired ? 'JWT expired' : 'JWT not accepted');
    this.expired = expired;
  }
}

const Claims = v.looseObject({
  role: v.picklist(['anon', 'authenticated', 'service_role']),
  exp: v.optional(v.number()),
});

/** Checks tokens signed with the server's secret, remembering those it has seen. */
export class Tokens {
  private readonly secret: Uint8Array;
  private readonly known = new Map<string, Identity>();

  constructor(secret: string) {
    this.secret = new TextEncoder().encode(secret);
  }

  /** The identity of a token. Throws TokenRefused. */
  async identify(token: string): Promise<Identity> {
    const known = this.known.get(token);
    if (known && known.expiresAt > Date.now()) return known;
    const identity = await this.verify(token);
    if (this.known.size >= MOST_KEPT) this.known.clear();
    this.known.set(token, identity);
    return identity;
  }

  private async verify(token: string): Promise<Identity> {
    try {
      const { payload } = await jwtVerify(token, this.secret, { algorithms: ['HS256'] });
      const claims = v.parse(Claims, payload);
      return {
        role: claims.role,
        claims,
        expiresAt: claims.exp === undefined ? Infinity : claims.exp * 1000,
      };
    } catch (error) {
      throw new TokenRefused(error instanceof errors.JWTExpired);
    }
  }
}
