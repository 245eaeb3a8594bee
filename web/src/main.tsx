import { render } from "preact";
import { App } from "./app";
import "./style/base.css";
import "./style/text.css";
import "./style/compare.css";
import "./style/pages.css";
import { applyTheme } from "./theme";

applyTheme();
render(<App />, document.getElementById("app")!);
