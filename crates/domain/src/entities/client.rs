//! Clients, what they set, and the people they may see.
use crate::{Code, Id, Operation, Touch, change::User, entity, time, words};

words! {
    /// Which shipment decides whether an order came on time.
    DeliveryMode {
        /// The first one.
        First = "first",
        /// The one that completes it.
        Complete = "complete",
    }
}

entity! {
    /// A company whose goods the plant makes; its own client.
    Client in client as 1, Clients {
        /// The short name people type.
        code: String,
        /// The full name.
        name: String,
        /// Whether it is still served.
        active: bool,
    }
    touch |_| Touch::Nothing;
    check |c, p| {
        p.text("code", &c.code);
        p.short("name", &c.name);
    };
}

entity! {
    /// A person as this client may see him; the id is the user's.
    Author in author as 2, Authors {
        /// The displayed name.
        name: String,
    }
    touch |_| Touch::Nothing;
    check |a, p| p.text("name", &a.name);
}

entity! {
    /// The client's policies and defaults; one row, with the client's id.
    ClientSetting in client_setting as 3, Setup {
        /// The IANA name of the time zone.
        time_zone: String,
        /// Minutes after local midnight at which the day before is over.
        rollover_minute: i64,
        /// People on a line nobody counted.
        default_crew: Option<f64>,
        /// Net minutes of a shift nobody described.
        default_net_minutes: Option<f64>,
        /// Minutes per unit of a product without a standard.
        default_standard: Option<f64>,
        /// Whether planned stops leave planned time.
        exclude_planned: bool,
        /// Whether set-up leaves planned time too.
        exclude_setup: bool,
        /// Whether a request may be approved by its author, with a reason.
        self_approval: bool,
        /// Rows a day may bring; none for no limit.
        rows_a_day: Option<i64>,
        /// People who may be assigned to the client; none for no limit.
        users_limit: Option<i64>,
        /// PCs that may hold the client; none for no limit.
        devices_limit: Option<i64>,
        /// Which shipment decides whether an order is on time; none for the first.
        delivery_mode: Option<DeliveryMode>,
        /// The part of an order that may be missing from it when it counts as complete, from 0 to 1.
        delivery_tolerance: Option<f64>,
        /// Defect opportunities of a part nobody described.
        default_opportunities: Option<i64>,
        /// The step that PPM reads; none for the operation marked final.
        final_operation_id: Option<Id<Operation>>,
        /// The absences that count, as bits in the order of their list; none for the usual ones.
        counted_absences: Option<i64>,
        /// Where the first band of WIP age ends, in days.
        wip_band_1: Option<i64>,
        /// Where the second ends.
        wip_band_2: Option<i64>,
        /// Where the third ends.
        wip_band_3: Option<i64>,
    }
    touch |_| Touch::Match { from: None, shift: None, line: None };
    check |s, p| {
        p.need(time::zone_named(&s.time_zone).is_some(), "time_zone", Code::BadZone, &s.time_zone);
        p.count("rollover_minute", Some(s.rollover_minute));
        p.need(s.rollover_minute < 1440, "rollover_minute", Code::TooLarge, s.rollover_minute);
        p.at_least_zero("default_crew", s.default_crew);
        p.minutes_of_day("default_net_minutes", s.default_net_minutes);
        p.at_least_zero("default_standard", s.default_standard);
        for (field, count) in [
            ("rows_a_day", s.rows_a_day),
            ("users_limit", s.users_limit),
            ("devices_limit", s.devices_limit),
            ("default_opportunities", s.default_opportunities),
            ("counted_absences", s.counted_absences),
            ("wip_band_1", s.wip_band_1),
            ("wip_band_2", s.wip_band_2),
            ("wip_band_3", s.wip_band_3),
        ] {
            p.count(field, count);
        }
        let usual = crate::elements::USUAL_ABSENCES;
        p.need(s.counted_absences.unwrap_or(0) <= usual, "counted_absences", Code::TooLarge, usual);
        p.share("delivery_tolerance", s.delivery_tolerance);
        let bands = [s.wip_band_1.unwrap_or(7), s.wip_band_2.unwrap_or(14), s.wip_band_3.unwrap_or(30)];
        p.need(bands.is_sorted(), "wip_band_2", Code::BadPeriod, bands[1]);
    };
    fact |s| s.client_id.cast();
    ruled [wip_band_1, wip_band_2, wip_band_3];
    together [wip_band_1, wip_band_2, wip_band_3];
}

entity! {
    /// What a KPI should reach, and when to worry.
    Threshold in threshold as 4, Setup {
        /// The KPI's code.
        kpi: String,
        /// What it should reach, in its unit.
        target: Option<f64>,
        /// Where a warning starts.
        warning: Option<f64>,
        /// Where it becomes critical.
        critical: Option<f64>,
    }
    touch |_| Touch::Nothing;
    check |t, p| {
        p.text("kpi", &t.kpi);
        p.at_least_zero("target", t.target);
        p.at_least_zero("warning", t.warning);
        p.at_least_zero("critical", t.critical);
    };
}

impl ClientSetting {
    /// The policies of a client that has set none.
    pub fn usual(client: Id<Client>) -> Self {
        ClientSetting {
            time_zone: "UTC".into(),
            default_net_minutes: Some(480.0),
            exclude_planned: true,
            ..ClientSetting::blank(client, client.cast())
        }
    }
}

/// The author's row of an account: the same id in every client that may see it.
pub fn author_row(client_id: Id<Client>, user: Id<User>, name: String) -> Author {
    Author { client_id, id: user.cast(), name }
}
