//! One line shift, worked out.

use super::{
    Element, Part, Source, Sourced, Sources, Sums, WorkedEntry, WorkedStop, allocation, crew, entries,
    facts::{Basis, Facts},
    net, part,
    run::Report,
    slice::{Ground, Slice},
    stops,
};

/// A line shift with its elements and where they come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Worked {
    /// The elements of the whole line shift.
    pub sums: Sums,
    /// Every source they rest on.
    pub sources: Sources,
    /// People on the line.
    pub crew: Sourced,
    /// Idle floating people, as entered or by the covers of the line.
    pub floating_idle: f64,
    /// Net minutes of the shift.
    pub net_minutes: Sourced,
    /// Where the run comes from.
    pub run: Source,
    /// A partial report that is not used: entries that report, all entries.
    pub run_report: Option<(usize, usize)>,
    /// How the time was divided among the entries.
    pub allocation: Source,
    /// The parts by product, operation, order and hour; they sum to the whole.
    pub parts: Vec<Part>,
    /// The entries with their standards, in the order given.
    pub entries: Vec<WorkedEntry>,
    /// The stops with what they count for, in the order given.
    pub stops: Vec<WorkedStop>,
}

/// Works out a line shift from everything known about it.
pub fn work(facts: &Facts) -> Worked {
    let crew = crew::crew(facts);
    let net_minutes = net::net_minutes(facts);
    let report = Report::of(&facts.entries);
    let mut entries = entries::worked(&facts.entries, &facts.policy);
    let allocation = allocation::divide(&facts.entries, &mut entries);
    let stops = stops::worked(facts, crew.value);
    let ground = ground(facts, crew, net_minutes, report);
    let own = own_time(facts, &ground, net_minutes.value);
    let sources = line_shift_sources(facts, [crew.source, net_minutes.source, report.source()], &stops);
    let division = part::Division { facts, entries: &entries, stops: &stops, own: &own, ground: &ground };
    let parts = division.parts(sources, allocation);
    let standards: Sources = entries.iter().map(|entry| entry.standard.source).collect();
    Worked {
        sums: whole(facts, &entries, &stops, own, &ground),
        sources: sources | standards,
        crew,
        floating_idle: crew::floating_idle(facts, net_minutes.value),
        net_minutes,
        run: report.source(),
        run_report: report.partial(),
        allocation,
        parts,
        entries,
        stops,
    }
}

fn ground(facts: &Facts, crew: Sourced, net: Sourced, report: Report) -> Ground {
    Ground {
        people: crew.value + crew::floating_idle(facts, net.value),
        crew: crew.value,
        crew_inferred: crew.source.is_inferred(),
        time_inferred: crew.source.is_inferred() || net.source.is_inferred(),
        reported: report.is_whole(),
        has_plan: net::planned_units(facts).is_some(),
    }
}

/// The time and the marks that belong to the line shift as a whole.
fn own_time(facts: &Facts, ground: &Ground, net_minutes: f64) -> Slice {
    let mut own = Sums::default();
    own[Element::Crew] = ground.crew;
    own[Element::PlannedUnits] = net::planned_units(facts).map_or(0.0, |units| units.value);
    own[Element::LineShifts] = 1.0;
    own[Element::WithEntries] = if facts.entries.is_empty() { 0.0 } else { 1.0 };
    own[Element::MachineShifts] = if facts.basis == Basis::Machine { 1.0 } else { 0.0 };
    Slice::shared(ground.people * net_minutes + facts.overtime.unwrap_or(0.0), own)
}

fn line_shift_sources(facts: &Facts, told: [Source; 3], stops: &[WorkedStop]) -> Sources {
    let plan = net::planned_units(facts).map(|units| units.source);
    told.into_iter().chain(stops.iter().map(|stop| stop.affected.source)).chain(plan).collect()
}

fn whole(facts: &Facts, entries: &[WorkedEntry], stops: &[WorkedStop], own: Slice, ground: &Ground) -> Sums {
    let mut whole = own;
    for (fact, entry) in facts.entries.iter().zip(entries) {
        whole.add_entry(entry, fact.run_minutes, ground.has_plan);
    }
    stops.iter().for_each(|stop| whole.add_stop(stop, 1.0));
    whole.elements(ground)
}
