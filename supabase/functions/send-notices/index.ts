import { answer } from './answer.ts';

const publicKey = Deno.env.get('VAPID_PUBLIC_KEY') ?? '';
const privateKey = Deno.env.get('VAPID_PRIVATE_KEY') ?? '';

const settings = {
  url: Deno.env.get('SUPABASE_URL') ?? '',
  serviceKey: Deno.env.get('SUPABASE_SERVICE_ROLE_KEY') ?? '',
  push: publicKey && privateKey ? { publicKey, privateKey, contact: Deno.env.get('VAPID_CONTACT') } : null,
};

Deno.serve((request) =>
  settings.url === '' || settings.serviceKey === ''
    ? Promise.resolve(new Response('SUPABASE_URL or SUPABASE_SERVICE_ROLE_KEY is not set', { status: 500 }))
    : answer(request, settings),
);
