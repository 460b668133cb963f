import { RealtimeClient } from '@supabase/realtime-js';
import { accessToken, auth, supabaseKey, supabaseUrl } from './client.ts';

/** Live messages on private channels. Loaded when something is first followed: the map is painted without it. */
export const realtime = new RealtimeClient(`${supabaseUrl.replace(/^http/, 'ws')}/realtime/v1`, {
  params: { apikey: supabaseKey },
  accessToken,
});
auth.onAuthStateChange((event) => {
  if (event === 'TOKEN_REFRESHED' || event === 'SIGNED_IN' || event === 'SIGNED_OUT') void realtime.setAuth();
});
