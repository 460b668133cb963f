-- Gives: hooks whose address carries a user name or password are refused when they are saved: the sender would never send there,
-- and `http://localhost:x@elsewhere/` is not this machine.
-- To: the administrator, by save_hook.

create function private.check_hook() returns trigger
language plpgsql set search_path = '' as $$
begin
  if new.url ~ '^[a-z]+://[^/?#]*@' then
    perform private.fail(422, 'hook_malformed', '{"field":"url"}', 'Give an address without a user name in it.');
  end if;
  return new;
end
$$;
create trigger check_hook before insert or update of url on private.hooks
  for each row execute function private.check_hook();
