//! The TypeScript view of every command, written from the Rust types.
use domain::Entity;
use std::{
    any::TypeId,
    collections::{BTreeMap, HashSet},
    fmt::Write,
};
use ts_rs::{Config, TS, TypeVisitor};

/// Declarations and commands gathered so far.
pub(crate) struct Bindings {
    config: Config,
    seen: HashSet<TypeId>,
    types: BTreeMap<String, String>,
    commands: String,
}

impl TypeVisitor for Bindings {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if self.seen.insert(TypeId::of::<T>()) {
            if T::output_path().is_some() {
                self.types.insert(T::ident(&self.config), format!("export {}", T::decl(&self.config)));
            }
            T::visit_dependencies(self);
            T::visit_generics(self);
        }
    }
}

impl Bindings {
    /// A command with the types it needs.
    pub(crate) fn command<I: TS + 'static, O: TS + 'static>(&mut self, name: &str) {
        self.visit::<I>();
        self.visit::<O>();
        let (input, output) = (I::name(&self.config), O::name(&self.config));
        let _ = writeln!(self.commands, "  {name}: {{ input: {input}; output: {output} }};");
    }
    /// The row of a client table, and its four commands.
    pub(crate) fn entity<E: Entity>(&mut self, name: &str) {
        let mut row = format!("export interface {name} {{\n  client_id: Id;\n  id: Id;\n");
        for c in E::COLUMNS {
            let _ = writeln!(row, "  {}: {}{};", c.name, c.kind.ts(), if c.null { " | null" } else { "" });
        }
        self.types.insert(name.into(), row + "}");
        let table = E::TABLE;
        let _ = write!(
            self.commands,
            "  {table}_list: {{ input: ListInput; output: {name}[] }};\n  {table}_get: {{ input: RowInput; output: {name} }};
  {table}_put: {{ input: PutInput<{name}>; output: {name} }};\n  {table}_remove: {{ input: RowInput & {{ reason?: string | null }}; output: null }};\n"
        );
    }
}

const HEAD: &str = "// Generated from the Rust commands by `cargo xtask bindings`; do not edit.

export type Id = string;
export type Day = string;
export interface Fault { code: string; message: string; field: string | null; params: Record<string, string> }
export interface ListInput { client_id?: Id | null; limit?: number | null; offset?: number | null }
export interface RowInput { client_id: Id; id: Id }
export interface AppState {
  first_start: boolean; session: SessionView | null; key_file: boolean; folder: string; version: string; fault: Fault | null
}
export interface PutInput<T extends { id: Id }> { row: Omit<T, 'id'> & { id: Id | null }; reason?: string | null }
";

/// The whole of `ui/src/bindings.ts`.
pub fn typescript() -> String {
    let config = Config::new().with_large_int("number");
    let mut t = Bindings { config, seen: HashSet::new(), types: BTreeMap::new(), commands: String::new() };
    super::describe(&mut t);
    super::rows::describe(&mut t);
    t.visit::<super::SessionView>();
    t.visit::<super::sync::SyncView>();
    t.visit::<domain::feed::Office>();
    t.visit::<domain::feed::Want>();
    for (name, types) in super::DOOR {
        let _ = writeln!(t.commands, "  {name}: {{ {types} }};");
    }
    let types: String = t.types.values().map(|d| format!("{d}\n")).collect();
    let codes: Vec<String> = domain::Code::ALL.iter().map(|c| format!("'{}'", c.word())).collect();
    format!(
        "{HEAD}export type FaultCode = {};\n\n{types}\nexport interface Commands {{\n{}}}\n",
        codes.join(" | "),
        t.commands
    )
}
