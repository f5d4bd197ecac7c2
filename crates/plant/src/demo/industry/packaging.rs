//! A packaging client: machines that run three shifts, seven days a week.
use super::super::blueprint::*;
use domain::{Affects, Basis};

const THREE: &[&str] = &["1", "2", "3"];
const EVERY: i64 = 127;

const fn machine(code: &'static str, name: &'static str, pace: f64, products: &'static [&'static str]) -> LinePlan {
    LinePlan {
        code,
        name,
        basis: Basis::Machine,
        crew: 2.0,
        operation: None,
        shifts: THREE,
        weekdays: EVERY,
        pace,
        gain: 0.05,
        rejects: 0.009,
        products,
    }
}

const fn carton(
    code: &'static str,
    name: &'static str,
    standards: &'static [(Option<&'static str>, f64)],
) -> ProductPlan {
    ProductPlan { code, name, standards }
}

/// Carta Packaging.
pub(in super::super) const PLAN: Blueprint = Blueprint {
    industry: Industry::Packaging,
    code: "CARTA",
    name: "Carta Packaging",
    zone: "America/Mexico_City",
    rollover: 360,
    shifts: &[
        ShiftPlan { code: "1", name: "First", start: 360, end: 840, breaks: &[(600, 30.0)] },
        ShiftPlan { code: "2", name: "Second", start: 840, end: 1320, breaks: &[(1080, 30.0)] },
        ShiftPlan { code: "3", name: "Night", start: 1320, end: 360, breaks: &[(120, 30.0)] },
    ],
    operations: &[],
    lines: &[
        machine("CUT-1", "Die cutter 1", 0.86, &["BOX-S", "BOX-M"]),
        machine("GLUE-1", "Folder gluer 1", 0.82, &["BOX-S", "BOX-M", "SLEEVE"]),
        LinePlan { gain: -0.05, ..machine("GLUE-2", "Folder gluer 2, oldest", 0.81, &["BOX-M", "TRAY"]) },
        LinePlan {
            basis: Basis::Labour,
            crew: 7.0,
            shifts: &["1", "2"],
            weekdays: 63,
            rejects: 0.015,
            ..machine("PACK-1", "Hand packing", 0.85, &["GIFT-SET"])
        },
    ],
    products: &[
        carton("BOX-S", "Folding box, small", &[(None, 0.011)]),
        carton("BOX-M", "Folding box, medium", &[(None, 0.016)]),
        carton("TRAY", "Display tray", &[(None, 0.031)]),
        carton("SLEEVE", "Bottle sleeve", &[(None, 0.009)]),
        carton("GIFT-SET", "Gift set, hand packed", &[(None, 1.35)]),
    ],
    reasons: &[
        unplanned("JAM", "Blank jam", Affects::Line, 0.85, 7.0),
        unplanned("GLUEST", "Glue station", Affects::Line, 0.24, 16.0),
        unplanned("REG", "Register drift", Affects::Line, 0.20, 12.0),
        unplanned("PALLET", "No pallets or forklift", Affects::Line, 0.16, 14.0),
        unplanned("MECH", "Mechanical failure", Affects::Line, 0.07, 55.0),
        setup("TOOLING", "Tooling change", 42.0),
        planned("CLEAN", "Weekly cleaning", 45.0),
    ],
    defects: &[
        Defect { name: "Crushed corner", cause: "Stacker" },
        Defect { name: "Glue smear", cause: "Nozzle" },
        Defect { name: "Open flap", cause: "Pressure" },
        Defect { name: "Misregister", cause: "Die" },
        Defect { name: "Warped board", cause: "Humidity" },
    ],
    targets: TARGETS,
    trouble: Trouble {
        weeks_ago: 7,
        lines: &["GLUE-1", "GLUE-2", "CUT-1"],
        reason: "JAM",
        often: 3.6,
        minutes: 15.0,
        pace: 0.88,
        rejects: 4.0,
        defect: "Warped board",
        cause: "Wet board, delivery of Monday",
        note: "Board of Monday's delivery is wet and warps in the feeder. Half of it sent back.",
    },
    reports_run: 0.7,
    counts_crew: 0.8,
    holiday_weeks_ago: 8,
    order: (40_000, 160_000),
};
