import { render } from "preact";
import { App } from "./app";
import { Speaks } from "./lib/language";
import { Knows } from "./lib/vocabulary";
import "./style/base.css";
import "./style/layout.css";
import "./style/parts.css";
import "./style/timeline.css";
import "./style/results.css";
import "./style/reader.css";

const root = document.getElementById("app");
if (root) {
  render(
    <Speaks>
      <Knows>
        <App />
      </Knows>
    </Speaks>,
    root,
  );
}
