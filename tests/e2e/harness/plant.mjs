// A plant small enough to type: one client, one line, one shift, one product.

/** As the admin: makes the plant and its people, each assigned to its client. */
export async function smallPlant(app, people) {
  const put = (table, row) => app.ask(`${table}_put`, { row: { id: null, ...row } });
  const plant = {};
  plant.client = await put("client", { client_id: null, code: "NORTH", name: "North plant", active: true });
  const client_id = plant.client.id;
  const since = "2020-01-01";
  plant.line = await put("line", { client_id, code: "L-1", name: "Line 1", basis: "labour", parent_id: null, active: true });
  plant.shift = await put("shift", { client_id, code: "DAY", name: "Day", active: true });
  await put("shift_time", { client_id, shift_id: plant.shift.id, valid_from: since, start_minute: 360, end_minute: 840 });
  plant.product = await put("product", { client_id, code: "P-100", name: "Bracket", active: true });
  await put("product_standard", {
    client_id, product_id: plant.product.id, operation_id: null, valid_from: since, minutes: 1.5,
  });
  for (const [code, name] of [["JAM", "Jam"], ["WAIT", "Waiting for material"]]) {
    await put("downtime_reason", {
      client_id, code, name, planned: false, setup: false, affects: "line", parent_id: null, active: true,
    });
  }
  for (const { name, role, first } of people) {
    await app.ask("user_add", { name, display_name: name, role, clients: [client_id], password: first });
  }
  for (const { name, first, password } of people) {
    await app.ask("login", { name, password: first });
    await app.ask("password_change", { old: first, new: password });
  }
  return plant;
}
