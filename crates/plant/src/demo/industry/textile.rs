//! A garment client: sewing teams, one finishing team, crews that matter.
use super::super::blueprint::*;
use domain::{Affects, Basis};

const BOTH: &[&str] = &["DAY", "EVE"];
const DAY: &[&str] = &["DAY"];
const MON_FRI: i64 = 31;
const MON_SAT: i64 = 63;

const fn team(
    code: &'static str,
    name: &'static str,
    crew: f64,
    pace: f64,
    products: &'static [&'static str],
) -> LinePlan {
    LinePlan {
        code,
        name,
        basis: Basis::Labour,
        crew,
        operation: None,
        shifts: DAY,
        weekdays: MON_FRI,
        pace,
        gain: 0.09,
        rejects: 0.021,
        products,
    }
}

const fn product(
    code: &'static str,
    name: &'static str,
    standards: &'static [(Option<&'static str>, f64)],
) -> ProductPlan {
    ProductPlan { code, name, standards }
}

/// Alba Knitwear.
pub(in super::super) const PLAN: Blueprint = Blueprint {
    industry: Industry::Textile,
    code: "ALBA",
    name: "Alba Knitwear",
    zone: "America/Mexico_City",
    rollover: 360,
    shifts: &[
        ShiftPlan { code: "DAY", name: "Day", start: 360, end: 870, breaks: &[(540, 15.0), (720, 30.0)] },
        ShiftPlan { code: "EVE", name: "Evening", start: 870, end: 1350, breaks: &[(1080, 30.0)] },
    ],
    operations: &[],
    lines: &[
        LinePlan { shifts: BOTH, ..team("SEW-1", "Sewing 1, polos", 28.0, 0.80, &["POLO-PQ", "POLO-LS"]) },
        team("SEW-2", "Sewing 2, T-shirts", 24.0, 0.84, &["TEE-CN", "TEE-VN", "TEE-KID"]),
        LinePlan { gain: 0.14, ..team("SEW-3", "Sewing 3, new team", 22.0, 0.66, &["TEE-CN", "TANK"]) },
        LinePlan { rejects: 0.031, ..team("SEW-4", "Sewing 4, hoodies", 34.0, 0.77, &["HOOD-ZIP", "HOOD-KG"]) },
        LinePlan {
            weekdays: MON_SAT,
            gain: 0.03,
            rejects: 0.012,
            ..team("FIN-1", "Finishing", 9.0, 0.87, &["PRESS-PACK"])
        },
    ],
    products: &[
        product("POLO-PQ", "Polo, piqué, short sleeve", &[(None, 16.4)]),
        product("POLO-LS", "Polo, long sleeve", &[(None, 19.1)]),
        product("TEE-CN", "T-shirt, crew neck", &[(None, 6.2)]),
        product("TEE-VN", "T-shirt, V-neck", &[(None, 7.05)]),
        product("TEE-KID", "T-shirt, kids", &[(None, 5.6)]),
        product("TANK", "Tank top", &[(None, 4.9)]),
        product("HOOD-ZIP", "Hoodie, zip", &[(None, 31.5)]),
        product("HOOD-KG", "Hoodie, kangaroo pocket", &[(None, 27.8)]),
        product("PRESS-PACK", "Press, fold and bag", &[(None, 2.95)]),
    ],
    reasons: &[
        unplanned("MACH", "Sewing machine down", Affects::Station, 0.55, 22.0),
        unplanned("NEEDLE", "Needle or thread", Affects::Station, 0.45, 9.0),
        unplanned("FEED", "No bundles from cutting", Affects::Line, 0.22, 18.0),
        unplanned("TRIM", "Trims missing", Affects::Line, 0.10, 26.0),
        unplanned("POWER", "Power or air", Affects::Line, 0.04, 35.0),
        setup("STYLE", "Style change", 32.0),
        planned("TPM", "Weekly machine care", 20.0),
    ],
    defects: &[
        Defect { name: "Broken stitch", cause: "Tension" },
        Defect { name: "Skipped stitch", cause: "Needle" },
        Defect { name: "Open seam", cause: "Handling" },
        Defect { name: "Oil stain", cause: "Machine" },
        Defect { name: "Uneven hem", cause: "Guide" },
        Defect { name: "Shade difference", cause: "Fabric roll" },
    ],
    targets: TARGETS,
    trouble: Trouble {
        weeks_ago: 5,
        lines: &["SEW-1", "SEW-2", "SEW-4"],
        reason: "NEEDLE",
        often: 3.2,
        minutes: 24.0,
        pace: 0.86,
        rejects: 3.4,
        defect: "Broken stitch",
        cause: "Thread lot 4471",
        note: "Thread lot 4471 breaks at full speed. Supplier sends another lot on Friday.",
    },
    reports_run: 0.0,
    counts_crew: 0.9,
    holiday_weeks_ago: 8,
    order: (900, 4200),
};
