//! Files out and files in.
use crate::trial::{Trial, Want};
use domain::{Group, Verb};
use serde_json::{Value as Json, json};

const KINDS: [&str; 4] = ["production", "downtime", "line", "product"];

pub(crate) fn out(t: &Trial) {
    let may = t.by_role(Verb::Export, Group::Floor);
    for kind in KINDS {
        for format in ["csv", "json"] {
            let input = |client: Json| json!({ "kind": kind, "client_id": client, "format": format });
            let all = t.expect("export", input(Json::Null), may);
            let own = t.expect("export", input(json!(t.own)), may);
            assert_eq!(all, own, "{kind} of all clients is that of the own one");
            t.missing("export", |client| input(json!(client)));
        }
    }
}

/// Every table goes out as a file, of the clients in scope and no other.
pub(crate) fn tables(t: &Trial) {
    for shape in domain::SHAPES {
        let may = t.by_role(Verb::Export, shape.group);
        let input = |client: Json| json!({ "table": shape.table, "client_id": client, "format": "csv" });
        let all = t.expect("export", input(Json::Null), may);
        let own = t.expect("export", input(json!(t.own)), may);
        assert_eq!(all, own, "{} of all clients is that of the own one", shape.table);
        t.missing("export", |client| input(json!(client)));
    }
}

/// The plant's own tables go out without a word of others' clients, and under no client's name.
pub(crate) fn plant(t: &Trial) {
    for shape in domain::PLANT_SHAPES {
        let may = t.role.may(Verb::Export, shape.group);
        let input = |client: Json| json!({ "table": shape.table, "client_id": client, "format": "json" });
        let out = t.expect("export", input(Json::Null), t.by_role(Verb::Export, shape.group));
        assert!(t.tokens.iter().all(|token| !out.to_string().contains(token.as_str())), "{out}");
        t.expect("export", input(json!(t.own)), Want::Refused(if may { "of_plant" } else { "forbidden" }));
        t.missing("export", |client| input(json!(client)));
    }
    let Ok(token) = t.plant.upload(&t.session, "pool.csv", b"code,name\nP9,OURS\n") else { return };
    let file = |table: &str| json!({ "token": token, "table": table });
    let or_forbidden = |code| if t.role.may(Verb::Import, Group::Pool) { code } else { "forbidden" };
    t.expect("import_confirm", file("pool_booking"), Want::Refused(or_forbidden("not_by_file")));
    t.missing("import_confirm", |client| json!({ "token": token, "table": "pool_employee", "client_id": client }));
    t.expect("import_confirm", file("pool_employee"), t.by_role(Verb::Import, Group::Pool));
}

/// A file may name the client by its code, or be told which client it is of.
pub(crate) fn into(t: &Trial) {
    let named = |code: &str| format!("client,line,date,shift,product,produced\n{code},L9,2024-10-04,DAY,P9,5\n");
    let Ok(token) = t.plant.upload(&t.session, "rows.csv", named("OURS client code").as_bytes()) else {
        assert!(!t.role.may(Verb::Import, Group::Floor), "{} may not begin an import", t.role.word());
        return;
    };
    for name in ["import_preview", "import_confirm"] {
        t.missing(name, |client| json!({ "token": token, "kind": "production", "client_id": client }));
    }
    let whose = t.plant.admin.clone();
    let out = t.plant.call(&whose, "import_preview", json!({ "token": token, "kind": "production" }));
    let code = out.map_err(|fault| fault.code);
    assert_eq!(code, Err("missing".into()), "a file lies on its owner's desk alone");
    into_a_lost_client(t, &named("CANARY-LOST client code"));
    into_the_own_client(t);
}

fn into_the_own_client(t: &Trial) {
    let [line, shift, product] = ["line", "shift", "product"].map(|table| {
        let rows = t.expect(&format!("{table}_list"), json!({}), Want::Done);
        rows[0]["code"].as_str().unwrap().to_string()
    });
    let text = format!("line,date,shift,product,produced\n{line},2024-10-07,{shift},{product},5\n");
    let token = t.plant.upload(&t.session, "own.csv", text.as_bytes()).unwrap();
    let input = json!({ "token": token, "kind": "production", "client_id": t.own });
    t.expect("import_confirm", input, t.by_role(Verb::Import, Group::Floor));
    let undone = t.expect("undo", json!({}), Want::Done);
    assert!(undone["changed"].as_u64() > Some(1), "a file is one step: {undone}");
}

/// Naming the code of a client out of scope brings nothing into it, nor tells that it is there.
fn into_a_lost_client(t: &Trial, text: &str) {
    let unknown = text.replace("CANARY-LOST", "NOBODYS");
    let told = [text, &unknown].map(|text| {
        let token = t.plant.upload(&t.session, "rows.csv", text.as_bytes()).unwrap();
        let preview = t.plant.call(&t.session, "import_preview", json!({ "token": token, "kind": "production" }));
        format!("{preview:?}").replace("CANARY-LOST", "NOBODYS")
    });
    assert_eq!(told[0], told[1], "a client out of scope looks like one that is not there");
}
