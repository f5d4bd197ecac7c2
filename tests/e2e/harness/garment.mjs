// The garment factory's files: the real ones where they lie, else generated ones of the same shape.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const HEAD = "source_row,client,day,shift,line,product,standard_minutes,crew,shift_minutes,overtime_operator_minutes," +
  "units,style_changes,published_productivity,published_target";

/** Both files and what they must show; says on the test's output which ones they are. */
export function garment(say) {
  const folder = process.env.LINEBOARD_GARMENT_DATA;
  if (folder) {
    return {
      real: true,
      production: path.join(folder, "production.csv"),
      stops: path.join(folder, "stops.csv"),
      efficiency: "72.2",
      days: 59,
    };
  }
  say("LINEBOARD_GARMENT_DATA is not set: generated files of the same shape stand in, the published figures are skipped");
  return generated();
}

/** Two departments, 59 and 60 days, twelve teams, half people, overtime and a few stops. */
function generated() {
  const folder = mkdtempSync(path.join(tmpdir(), "lineboard-garment-"));
  const rows = [HEAD];
  const stops = ["source_row,client,day,shift,line,reason,minutes,stations_affected"];
  const sewing = { earned: 0, there: 0 };
  for (const [client, days, standard, people] of [["SEWING", 59, 22.5, 30.5], ["FINISHING", 60, 3.94, 8]]) {
    for (let day = 0; day < days; day++) {
      for (let team = 1; team <= 12; team++) {
        const overtime = (team % 4) * 960;
        const there = people * 480 + overtime;
        const units = Math.round(((0.6 + ((day * 7 + team * 5) % 40) / 100) * there) / standard);
        if (client === "SEWING") {
          sewing.earned += units * standard;
          sewing.there += there;
        }
        const when = new Date(Date.UTC(2015, 0, 1 + day)).toISOString().slice(0, 10);
        const line = `TEAM-${String(team).padStart(2, "0")}`;
        const place = [rows.length + 1, client, when, "DAY", line];
        const published = ((units * standard) / there).toFixed(9);
        rows.push([...place, `SMV-${standard}`, standard, people, 480, overtime, units, 0, published, 0.8].join(","));
        if (client === "SEWING" && day % 9 === 0 && team === 5) stops.push([...place, "IDLE", 90, 10].join(","));
      }
    }
  }
  const files = { production: path.join(folder, "production.csv"), stops: path.join(folder, "stops.csv") };
  writeFileSync(files.production, rows.join("\n") + "\n");
  writeFileSync(files.stops, stops.join("\n") + "\n");
  return { real: false, ...files, efficiency: ((100 * sewing.earned) / sewing.there).toFixed(1), days: 59 };
}
