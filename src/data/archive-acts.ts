import * as v from 'valibot';
import { requestId } from '../core/request-id.ts';
import { ask } from './ask.ts';
import { call } from './call.ts';
import { rest } from './client.ts';
import { loadFrom, putInto } from './photos.ts';
import { named, sheetField } from './sheet-field.ts';
import { listNotices, postNotice, takeDownNotice } from './yard-notices.ts';

const maybe = v.nullable(v.string());
type Facts = Readonly<Record<string, string>>;
type Place = 'resource' | 'hazard';

/** inspect {note}, mend {mender, due_on} or mended {note}. Throws ApiError (stale_version, hazard_in_issue …). */
const tendHazard = async (
  id: number,
  version: number,
  action: 'inspect' | 'mend' | 'mended',
  payload: Facts,
): Promise<void> => {
  await call(v.unknown(), 'act_on_hazard', { id, action, version, payload, request_id: requestId() });
};

const story = v.object({ photos: v.array(v.string()) });
/** Where the photos of a resource or hazard lie. Throws ApiError. */
const placePhotos = async (place: Place, id: number): Promise<string[]> =>
  (await call(story, 'place_story', { place, id })).photos;

/** Adds a photo without what a camera writes into it. Throws ApiError (too_many_photos {max}, place_not_allowed …). */
async function addPlacePhoto(place: Place, id: number, photo: Blob): Promise<void> {
  const paths = await call(v.array(v.string()), 'promise_place_photos', { place, id, photos: 1 });
  for (const path of paths) await putInto('place-photos', path, photo);
}

const offer = v.object({
  id: v.number(),
  resource_id: v.nullable(v.number()),
  title: v.string(),
  what: maybe,
  state: v.picklist(['open', 'claimed', 'delivered', 'withdrawn']),
  organisation: maybe,
  promise: maybe,
  promised_on: maybe,
  delivery: maybe,
  version: v.number(),
});
export type Offer = v.InferOutput<typeof offer>;

/** What a yard offers and asks for, the newest first, without what was withdrawn. Throws ApiError. */
const listOffers = (yard: number): Promise<Offer[]> =>
  ask(
    v.array(offer),
    rest
      .from('offers')
      .select('id,resource_id,title,what,state,organisation,promise,promised_on,delivery,version')
      .eq('courtyard_id', yard)
      .neq('state', 'withdrawn')
      .order('id', { ascending: false })
      .limit(50),
  );

/** Offers an idle resource, or (null) asks for a project. Throws ApiError (resource_not_idle, place_not_allowed …). */
const makeOffer = async (
  yard: number,
  resource: number | null,
  title: string,
  what: string,
): Promise<void> => {
  await call(v.unknown(), 'make_offer', {
    courtyard_id: yard,
    title,
    what,
    resource_id: resource,
    request_id: requestId(),
  });
};

/** claim {organisation, promise, promised_on}, deliver {delivery}, release or withdraw. Throws ApiError (stale_version …). */
const actOnOffer = async (
  id: number,
  version: number,
  action: 'claim' | 'deliver' | 'release' | 'withdraw',
  payload: Facts,
): Promise<void> => {
  await call(v.unknown(), 'act_on_offer', { id, action, version, payload, request_id: requestId() });
};

const visits = v.object({
  households: v.number(),
  visits: v.array(
    v.object({
      id: v.number(),
      kind: v.string(),
      visited_on: v.string(),
      households: v.number(),
      by: v.string(),
    }),
  ),
});
/** The newest visits to a yard's homes. Throws ApiError. */
const listVisits = (yard: number): Promise<v.InferOutput<typeof visits>> =>
  call(visits, 'courtyard_visits', { courtyard_id: yard });

/** Records that `households` homes were visited on a day (`2026-11-25`). Throws ApiError (place_not_allowed, field_malformed …). */
const recordVisit = async (yard: number, kind: string, households: number, day: string): Promise<void> => {
  await call(v.unknown(), 'record_visit', {
    courtyard_id: yard,
    kind,
    households,
    visited_on: day,
    request_id: requestId(),
  });
};
/** Takes back a visit that was recorded by mistake. Throws ApiError (visit_unknown, place_not_allowed). */
const takeBackVisit = async (id: number): Promise<void> => {
  await call(v.unknown(), 'take_back_visit', { id, request_id: requestId() });
};

const quarters = v.array(v.object({ quarter: v.string(), state: v.string() }));
/** The confirmed quarters of a yard, the newest first. Throws ApiError. */
const listQuarters = async (yard: number): Promise<string[]> =>
  (await call(quarters, 'profile_quarters', { courtyard_id: yard }))
    .filter(({ state }) => state === 'confirmed')
    .map(({ quarter }) => quarter);

const past = v.object({
  modules: v.array(
    v.object({
      ...named,
      fields: v.array(v.object({ ...sheetField, due: v.optional(v.boolean(), false) })),
    }),
  ),
});
/** What was true in a confirmed quarter, by the dictionary of its time. Throws ApiError. */
const readQuarter = async (yard: number, quarter: string): Promise<v.InferOutput<typeof past>['modules']> =>
  (await call(past, 'profile_at', { courtyard_id: yard, quarter })).modules;

/** What is done on a courtyard's sheet with places, offers, visits, notices and quarters. */
export const archiveActs = {
  tend: tendHazard,
  photos: placePhotos,
  photo: (path: string): Promise<string> => loadFrom('place-photos', path),
  addPhoto: addPlacePhoto,
  offers: listOffers,
  offer: makeOffer,
  actOnOffer,
  visits: listVisits,
  visit: recordVisit,
  takeBackVisit,
  notices: listNotices,
  postNotice,
  takeDownNotice,
  quarters: listQuarters,
  at: readQuarter,
};
