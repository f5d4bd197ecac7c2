//! An electronics client: machine lines before assembly and test, by operation.
use super::super::blueprint::*;
use domain::{Affects, Basis};

const TWO: &[&str] = &["A", "B"];
const MON_FRI: i64 = 31;
const BOARDS: &[&str] = &["VC-210", "VC-215", "VC-330"];

const fn line(code: &'static str, name: &'static str, crew: f64, operation: &'static str, pace: f64) -> LinePlan {
    LinePlan {
        code,
        name,
        basis: Basis::Labour,
        crew,
        operation: Some(operation),
        shifts: TWO,
        weekdays: MON_FRI,
        pace,
        gain: 0.06,
        rejects: 0.018,
        products: BOARDS,
    }
}

const fn operation(code: &'static str, name: &'static str, is_final: bool) -> OperationPlan {
    OperationPlan { code, name, is_final }
}

/// Volta Controls.
pub(in super::super) const PLAN: Blueprint = Blueprint {
    industry: Industry::Electronics,
    code: "VOLTA",
    name: "Volta Controls",
    zone: "America/Mexico_City",
    rollover: 360,
    shifts: &[
        ShiftPlan { code: "A", name: "Early", start: 360, end: 840, breaks: &[(570, 30.0)] },
        ShiftPlan { code: "B", name: "Late", start: 840, end: 1320, breaks: &[(1050, 30.0)] },
    ],
    operations: &[
        operation("SMT", "Surface mount", false),
        operation("ASM", "Through-hole and assembly", false),
        operation("TEST", "Functional test", true),
    ],
    lines: &[
        LinePlan {
            basis: Basis::Machine,
            rejects: 0.011,
            gain: 0.04,
            ..line("SMT-1", "Surface mount 1", 3.0, "SMT", 0.88)
        },
        LinePlan {
            basis: Basis::Machine,
            rejects: 0.014,
            gain: 0.02,
            ..line("SMT-2", "Surface mount 2", 3.0, "SMT", 0.83)
        },
        line("ASM-1", "Assembly 1", 11.0, "ASM", 0.81),
        LinePlan { gain: 0.12, ..line("ASM-2", "Assembly 2", 10.0, "ASM", 0.72) },
        LinePlan { shifts: &["A"], rejects: 0.026, ..line("TEST-1", "Functional test", 4.0, "TEST", 0.86) },
    ],
    products: &[
        ProductPlan {
            code: "VC-210",
            name: "Motor controller 210",
            standards: &[(Some("SMT"), 0.42), (Some("ASM"), 5.2), (Some("TEST"), 2.4)],
        },
        ProductPlan {
            code: "VC-215",
            name: "Motor controller 215, CAN",
            standards: &[(Some("SMT"), 0.51), (Some("ASM"), 6.1), (Some("TEST"), 2.9)],
        },
        ProductPlan {
            code: "VC-330",
            name: "Power module 330",
            standards: &[(Some("SMT"), 0.78), (Some("ASM"), 8.7), (Some("TEST"), 4.1)],
        },
    ],
    reasons: &[
        unplanned("FEEDER", "Feeder jam", Affects::Line, 0.50, 8.0),
        unplanned("NOZZLE", "Nozzle or vision error", Affects::Line, 0.28, 13.0),
        unplanned("OVEN", "Reflow oven", Affects::Line, 0.05, 40.0),
        unplanned("PARTS", "Components missing", Affects::Line, 0.14, 28.0),
        unplanned("TESTER", "Tester down", Affects::Station, 0.16, 25.0),
        unplanned("TOOL", "Hand tool or fixture", Affects::Station, 0.30, 12.0),
        setup("CHANGE", "Programme and reel change", 38.0),
        planned("CAL", "Calibration", 25.0),
    ],
    defects: &[
        Defect { name: "Solder bridge", cause: "Paste" },
        Defect { name: "Cold joint", cause: "Profile" },
        Defect { name: "Missing part", cause: "Feeder" },
        Defect { name: "Tombstone", cause: "Placement" },
        Defect { name: "Wrong polarity", cause: "Handling" },
        Defect { name: "Failed firmware", cause: "Tester" },
    ],
    targets: TARGETS,
    trouble: Trouble {
        weeks_ago: 3,
        lines: &["SMT-2", "TEST-1"],
        reason: "OVEN",
        often: 1.7,
        minutes: 55.0,
        pace: 0.93,
        rejects: 3.8,
        defect: "Cold joint",
        cause: "Oven zone 4",
        note: "Reflow oven zone 4 drops by 12 °C. Heater ordered, running slower until then.",
    },
    reports_run: 0.55,
    counts_crew: 0.86,
    holiday_weeks_ago: 8,
    order: (600, 3000),
};
