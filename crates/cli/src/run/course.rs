//! A figure from day to day: what is not chance, and what is to come.
use super::{kpi, print};
use crate::{
    Outcome,
    args::{Common, Course},
    door::Door,
    stop::Stop,
    table::{number, table},
    words::{language, say},
};
use domain::fault::phrase;
use serde_json::{Value as Json, json};

/// Follows, and prints.
pub(super) fn course(common: &Common, door: &Door, asked: &Course) -> Outcome<()> {
    kpi::named(&asked.asked.code)?;
    let ask = kpi::ask(door, &asked.asked, &[])?;
    let base_to = asked.base_to.map(|day| day.to_string());
    let course = door.ask("kpi_course", json!({ "ask": ask, "ahead": asked.ahead, "base_to": base_to }))?;
    if course["no_forecast"]["why"] == "horizon" {
        return Err(Stop::said("bad_horizon", &[]).at("ahead"));
    }
    print(common.json, &course, || in_words(&course));
    Ok(())
}

fn in_words(course: &Json) -> String {
    let parts = [charted(course), expected(course), scored(course)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn text(json: &Json) -> String {
    json.as_str().unwrap_or("—").to_string()
}

/// Centre, limits, and the days that are not chance.
fn charted(course: &Json) -> Option<String> {
    let chart = course["chart"].as_object().map(|_| &course["chart"]);
    let Some(chart) = chart else { return Some(too_few(&course["no_chart"])) };
    let last = chart["points"].as_array().and_then(|points| points.last()).unwrap_or(&Json::Null);
    let figure = |value: &Json| number(value.as_f64(), 2);
    let limits = [("centre", &chart["centre"]), ("lower", &last["lower"]), ("upper", &last["upper"])];
    let limits = limits.map(|(name, value)| (name, figure(value)));
    let mut lines = vec![say("limits", &limits)];
    for signal in chart["signals"].as_array().into_iter().flatten() {
        let days: Vec<String> = signal["days"].as_array().into_iter().flatten().map(text).collect();
        let rule = phrase(language(), &format!("rule.{}", text(&signal["rule"])), &Default::default());
        lines.push(format!("  {}: {rule}", days.join(", ")));
    }
    Some(lines.join("\n"))
}

fn too_few(why: &Json) -> String {
    say("too_few_days", &[("have", why["have"].to_string()), ("need", why["need"].to_string())])
}

/// The days to come.
fn expected(course: &Json) -> Option<String> {
    let Some(points) = course["forecast"]["points"].as_array() else {
        return Some(too_few(&course["no_forecast"]));
    };
    let cells = |p: &Json| {
        let figures = ["value", "low", "high"].map(|key| number(p[key].as_f64(), 2));
        std::iter::once(text(&p["day"])).chain(figures).collect()
    };
    let head = ["day", "expected", "lower_end", "upper_end"].map(|key| say(key, &[]));
    Some(table(&head, &points.iter().map(cells).collect::<Vec<_>>()))
}

/// How well such forecasts would have done.
fn scored(course: &Json) -> Option<String> {
    let test = course["back_test"].as_object()?;
    let figure = |key: &str| number(test[key].as_f64(), 2);
    let share = number(test["coverage"].as_f64().map(|share| share * 100.0), 0);
    let [error, last, weekday] = ["error", "error_last_value", "error_same_weekday"].map(figure);
    Some(say("back_test", &[("error", error), ("last", last), ("weekday", weekday), ("share", share)]))
}
