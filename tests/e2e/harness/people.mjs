// The people of the scenarios. Their passwords open nothing but a folder that is thrown away.
export const ADMIN = { name: "ana", password: "first light over the plant" };
export const LEADER = { name: "luis", role: "leader", password: "sewing lines run at seven" };
export const SUPERVISOR = { name: "sara", role: "supervisor", password: "hourly counts by hand" };
