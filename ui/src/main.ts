import { mount } from "svelte";
import App from "./App.svelte";
import "./base.css";
import { followSystem, prefs } from "./state/prefs.svelte";
import { speak } from "./text/words.svelte";
import "./tokens.css";

followSystem();
speak(prefs.language);

const target = document.getElementById("app");
if (target) mount(App, { target });
