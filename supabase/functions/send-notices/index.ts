import { answer } from './answer.ts';

const settings = {
  url: Deno.env.get('SUPABASE_URL') ?? '',
  serviceKey: Deno.env.get('SUPABASE_SERVICE_ROLE_KEY') ?? '',
};

Deno.serve((request) =>
  settings.url === '' || settings.serviceKey === ''
    ? Promise.resolve(new Response('SUPABASE_URL or SUPABASE_SERVICE_ROLE_KEY is not set', { status: 500 }))
    : answer(request, settings),
);
