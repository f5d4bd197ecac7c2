// The people of the scenarios. Their passwords open nothing but a folder that is thrown away.
export const ADMIN = { name: "ana", password: "first light over the plant" };
// The first password is the admin's gift: it works once.
export const LEADER = {
  name: "luis", role: "leader", first: "a gift that works only once", password: "sewing lines run at seven",
};
export const SUPERVISOR = {
  name: "sara", role: "supervisor", first: "another gift that works once", password: "hourly counts by hand",
};
export const VIEWER = {
  name: "vera", role: "viewer", first: "a third gift that works once", password: "figures at the coffee machine",
};
