//! The roster: who works for the client, and on which lines.
use crate::{Code, Fault, Id, Line, Touch, entity, workflow::Known};

entity! {
    /// A person of the client's roster.
    Employee in employee as 25, People {
        /// The number people type.
        code: String,
        /// The name.
        name: String,
        /// Where he belongs.
        department: Option<String>,
        /// Whether his work goes into the product.
        direct: bool,
        /// Whether he still works here.
        active: bool,
        /// What else is to be known.
        note: Option<String>,
    }
    touch |e| Touch::Employee(e.id);
    check |e, p| {
        p.text("code", &e.code);
        p.text("name", &e.name);
        p.short("department", e.department.as_deref().unwrap_or(""));
        p.short("note", e.note.as_deref().unwrap_or(""));
    };
    hides [note];
}

entity! {
    /// The part of a person's time that belongs to a line.
    EmployeeLine in employee_line as 26, People {
        /// The person.
        employee_id: Id<Employee>,
        /// The line.
        line_id: Id<Line>,
        /// His part for it, from 0 to 1; a person's parts come to no more than 1.
        share: f64,
    }
    touch |_| Touch::Nothing;
    check |e, p| p.share("share", Some(e.share));
    step |_, e, by| {
        let fits = (by.knows)(Known::Share(e.employee_id, e.id, e.share))?;
        if fits { Ok(()) } else { Err(Fault::new(Code::ShareOverWhole).with("value", e.share).at("share")) }
    };
}
