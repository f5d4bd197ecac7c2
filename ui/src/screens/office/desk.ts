// What the office of the hub is asked, and in what order a form becomes questions.
import { call } from "../../api";
import type { Id, Office, OfficePerson, Role, Want } from "../../types";

/** A person as the form has him. */
export interface Filled {
  login: string;
  name: string;
  role: Role;
  active: boolean;
  clients: Id[];
  pcs: Id[];
  password: string;
}

export const want = (asked: Want): Promise<Office | { code: string } | null> => call("office_want", { want: asked });

export async function look(): Promise<Office> {
  return (await want({ want: "look" })) as Office;
}

/** What is to be asked so that a person, once taken in, is as the form says: only what differs. */
export function differences(user: Id, before: Pick<OfficePerson, "active" | "clients" | "pcs">, now: Filled): Want[] {
  const changed = (had: Id[], has: Id[]): [Id, boolean][] => [
    ...has.filter((id) => !had.includes(id)).map((id): [Id, boolean] => [id, true]),
    ...had.filter((id) => !has.includes(id)).map((id): [Id, boolean] => [id, false]),
  ];
  return [
    ...changed(before.clients, now.clients).map(([client, on]): Want => ({ want: "sees", user, client, on })),
    ...changed(before.pcs, now.pcs).map(([device, on]): Want => ({ want: "sits", user, device, on })),
    ...(before.active === now.active ? [] : [{ want: "works", user, on: now.active } as Want]),
  ];
}

/** Takes a person in, or what has changed about one; what is done twice is done once. */
export async function keep(person: OfficePerson | null, now: Filled): Promise<void> {
  const { login, name, role } = now;
  if (!person || person.login !== login || person.name !== name || person.role !== role)
    await want({ want: "person", user: person?.user ?? null, login, name, role, password: person ? null : now.password });
  const before = person ?? (await look()).people.find((p) => p.login === login);
  if (!before) return;
  for (const asked of differences(before.user, before, now)) await want(asked);
}
