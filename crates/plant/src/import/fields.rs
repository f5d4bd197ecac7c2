//! What a file may hold, and the words people head its columns with.
use domain::{Client, Code, Fault, Group, Id, entities::Shape as Rows, words};

words! {
    /// What the rows of a file are.
    Kind {
        /// Units made, with the line shift they were made on.
        Production = "production",
        /// Stops.
        Downtime = "downtime",
        /// Lines of a client.
        Line = "line",
        /// Products of a client, with their standards.
        Product = "product",
    }
}

/// How the cells of a field are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A short name, compared without case and blanks.
    Code,
    /// Words.
    Text,
    /// A day.
    Day,
    /// A whole number.
    Count,
    /// A number.
    Real,
    /// Minutes after the shift's start, or a clock time.
    Start,
    /// One of two words.
    Basis,
    /// Yes or no.
    Truth,
}

/// A field that a column can hold.
#[derive(PartialEq, Eq, Debug)]
pub struct Field {
    /// Its name, in mappings and exports.
    pub name: &'static str,
    /// How its cells are read.
    pub shape: Shape,
    /// Whether every row needs it.
    pub required: bool,
    words: &'static str,
}

impl Field {
    /// What people call it, in English and Spanish, without accents.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.words.split('|')
    }
}

pub(crate) const fn field(name: &'static str, shape: Shape, words: &'static str) -> Field {
    Field { name, shape, required: false, words }
}
pub(crate) const fn needed(name: &'static str, shape: Shape, words: &'static str) -> Field {
    Field { name, shape, required: true, words }
}

const CLIENT: Field = field("client", Shape::Code, "customer|cliente|client code|codigo cliente|customer code|marca");
const DAY: Field = needed(
    "day",
    Shape::Day,
    "date|dia|fecha|production day|production date|shift date|work date|fecha produccion|fecha turno",
);
const SHIFT: Field = field("shift", Shape::Code, "turno|shift code|shift name|codigo turno|jornada");
const LINE: Field = needed(
    "line",
    Shape::Code,
    "linea|team|equipo|cell|celda|celula|modulo|module|line code|production line|linea produccion|codigo linea",
);
const ORDER: Field = field(
    "order",
    Shape::Code,
    "work order|orden|pedido|orden trabajo|wo|order number|numero orden|orden produccion|ot",
);
const STANDARD: Field = field(
    "standard_minutes",
    Shape::Real,
    "smv|sam|standard|standard time|standard minute|standard minute value|minutos estandar|tiempo estandar|estandar|minutes per unit|minutos por unidad|std minutes",
);
const NAME: Field = field("name", Shape::Text, "nombre|description|descripcion|full name");

static PRODUCTION: &[Field] = &[
    CLIENT,
    DAY,
    SHIFT,
    LINE,
    field(
        "product",
        Shape::Code,
        "producto|style|estilo|model|modelo|sku|item|part|part number|articulo|referencia|product code|codigo producto|numero parte",
    ),
    STANDARD,
    field(
        "crew",
        Shape::Real,
        "operators|workers|no of workers|number of workers|people|headcount|operarios|operadores|personas|personal|dotacion|plantilla|gente|manpower",
    ),
    field("crew_assigned", Shape::Real, "assigned crew|asignados|operarios asignados|personas asignadas"),
    field("crew_present", Shape::Real, "present|presentes|present crew|operarios presentes|personas presentes"),
    field(
        "net_minutes",
        Shape::Real,
        "shift minutes|available minutes|working minutes|work minutes|minutos netos|minutos turno|minutos disponibles|minutos jornada|minutes|minutos",
    ),
    field(
        "overtime",
        Shape::Real,
        "overtime operator minutes|overtime minutes|over time|tiempo extra|minutos extra|extra minutes|minutos tiempo extra",
    ),
    field(
        "planned_units",
        Shape::Real,
        "plan|planned|planned quantity|target units|unidades planeadas|unidades planificadas|meta|programado|plan units",
    ),
    field("hour", Shape::Count, "hora|hour slot|slot|franja"),
    ORDER,
    field("operation", Shape::Code, "operacion|process|proceso|step|paso"),
    field(
        "produced",
        Shape::Count,
        "units|units produced|produced units|production|produccion|unidades|piezas|pieces|qty|quantity|cantidad|output|producido|producidas|piezas producidas|unidades producidas|total produced|pcs|prendas",
    ),
    field(
        "defective",
        Shape::Count,
        "defects|defectives|defective units|defectos|defectuosos|defectuosas|unidades defectuosas|rejects|rejected|rechazos|rechazadas|malas|bad units",
    ),
    field("scrap", Shape::Count, "scrapped|scrap units|desecho|desechos|desperdicio|merma|chatarra"),
    field("rework", Shape::Count, "reworked|rework units|retrabajo|retrabajos|reproceso|reprocesos"),
    field("repair", Shape::Count, "repaired|repairs|repair units|reparacion|reparaciones|reparadas|composturas"),
    field(
        "run_minutes",
        Shape::Real,
        "run time|running minutes|run min|minutos marcha|tiempo marcha|minutos trabajados|minutos operacion|tiempo operacion",
    ),
    field(
        "note",
        Shape::Text,
        "notes|nota|notas|comment|comments|comentario|comentarios|observaciones|observacion|remarks",
    ),
];

static DOWNTIME: &[Field] = &[
    CLIENT,
    DAY,
    SHIFT,
    LINE,
    field(
        "reason",
        Shape::Code,
        "razon|motivo|reason code|downtime reason|stop reason|codigo motivo|motivo paro|tipo paro",
    ),
    field(
        "minutes",
        Shape::Real,
        "minutos|duration|duracion|downtime|downtime minutes|stop minutes|idle time|minutos paro|tiempo paro|tiempo muerto|lost minutes|minutos perdidos|min",
    ),
    field(
        "affected",
        Shape::Real,
        "stations affected|people affected|affected stations|affected people|idle men|afectados|estaciones afectadas|personas afectadas|operarios afectados",
    ),
    field("start", Shape::Start, "start time|started|from|inicio|hora inicio|desde|start minute"),
    field("station", Shape::Text, "estacion|machine|maquina|equipment|puesto|workstation"),
    ORDER,
    field("cause", Shape::Text, "causa|root cause|causa raiz|detail|detalle"),
    field("action", Shape::Text, "accion|action taken|accion tomada|solution|solucion"),
];

static LINES: &[Field] = &[
    CLIENT,
    needed("code", Shape::Code, "line|linea|line code|codigo|codigo linea|team|equipo|cell|celda"),
    NAME,
    field("basis", Shape::Basis, "base|tipo|type|labour or machine|time basis"),
];

static PRODUCTS: &[Field] = &[
    CLIENT,
    needed(
        "code",
        Shape::Code,
        "product|producto|product code|codigo|codigo producto|style|estilo|sku|item|part number|articulo|model|modelo",
    ),
    NAME,
    STANDARD,
    field(
        "valid_from",
        Shape::Day,
        "from|since|desde|valid since|valido desde|vigente desde|start date|fecha inicio|vigencia",
    ),
];

/// What the rows of a file are: a kind people keep lists of, or a table as it stands.
#[derive(Clone, Copy, Debug)]
pub enum What {
    /// A kind, whose columns may be called many names.
    Kind(Kind),
    /// A table, column by column.
    Table(&'static Rows),
}

impl From<Kind> for What {
    fn from(kind: Kind) -> Self {
        What::Kind(kind)
    }
}

impl What {
    /// What was asked for: a kind, or else the name of a table.
    ///
    /// # Errors
    /// `bad_input` where both or neither are said, or there is no such table.
    pub fn of(kind: Option<Kind>, table: Option<&str>) -> Result<What, Fault> {
        let known = |name: &str| domain::logged().find(|s| s.table == name);
        match (kind, table) {
            (Some(kind), None) => Ok(What::Kind(kind)),
            (None, Some(name)) if known(name).is_some() => Ok(known(name).map_or(Kind::Line.into(), What::Table)),
            (_, name) => Err(Fault::new(Code::BadInput).at("table").with("value", name.unwrap_or_default())),
        }
    }
    /// What such a file may hold.
    pub fn fields(self) -> &'static [Field] {
        match self {
            What::Kind(kind) => kind.fields(),
            What::Table(rows) => crate::tables::fields(rows),
        }
    }
    /// A field by its name.
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|f| f.name == name)
    }
    /// How it is called in what a file brought in.
    pub fn word(self) -> String {
        match self {
            What::Kind(kind) => kind.word().into(),
            What::Table(rows) => format!("table {}", rows.table),
        }
    }
    /// Refuses a client where the rows are the plant's own.
    ///
    /// # Errors
    /// `of_plant`, with the field.
    pub fn goes_with(self, client: Option<Id<Client>>) -> Result<(), Fault> {
        match (self, client) {
            (What::Table(rows), Some(_)) if crate::tables::of_plant(rows) => {
                Err(Fault::new(Code::OfPlant).at("client_id"))
            }
            _ => Ok(()),
        }
    }
    /// Whose rights it takes.
    pub fn group(self) -> Group {
        match self {
            What::Kind(_) => Group::Floor,
            What::Table(rows) => rows.group,
        }
    }
}

impl Kind {
    /// What a file of the kind may hold.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Kind::Production => PRODUCTION,
            Kind::Downtime => DOWNTIME,
            Kind::Line => LINES,
            Kind::Product => PRODUCTS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_word_means_two_fields_of_a_kind() {
        for kind in Kind::ALL {
            let mut seen = HashSet::new();
            for field in kind.fields() {
                let name = field.name.replace('_', " ");
                for word in field.words().map(String::from).chain([name]) {
                    assert_eq!(super::super::guess::normal(&word), word);
                    assert!(seen.insert(word.clone()), "{}: {word}", kind.word());
                }
            }
        }
    }
}
