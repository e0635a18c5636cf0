/** One box that finds anybody and anything, by any spelling: the combobox of the ARIA Authoring Practices. */

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { api } from "../lib/api";
import { useWords } from "../lib/language";
import { address, go } from "../lib/routes";
import type { Hit } from "../types";
import { ClassLabel, Words } from "./links";

const PAUSE = 120;
const SHOWN = 8;

interface Props {
  id?: string;
  label: string;
  placeholder?: string;
  /** Only entities of this class. */
  type?: string;
  value: string;
  onText: (text: string) => void;
  onChoose: (hit: Hit) => void;
  /** Enter where nothing is chosen. */
  onEnter?: (text: string) => void;
  required?: boolean;
}

/** A box with suggestions of entities. */
export function EntityBox(props: Props) {
  const { t } = useWords();
  const [hits, setHits] = useState<Hit[]>([]);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const [found, setFound] = useState("");
  const list = useId();
  const box = useRef<HTMLInputElement>(null);
  // What was chosen is not looked for again.
  const chosen = useRef<string>(props.value);

  useEffect(() => {
    const text = props.value.trim();
    if (!text || text === chosen.current.trim()) {
      setHits([]);
      setOpen(false);
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.search(text, { type: props.type, limit: SHOWN }, stop.signal).then(
        (hits) => {
          setHits(hits);
          setAt(-1);
          setOpen(document.activeElement === box.current);
          setFound(hits.length ? t("search.found", { n: hits.length }) : t("search.nothing"));
        },
        () => {},
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [props.value, props.type]);

  const choose = (hit: Hit) => {
    chosen.current = hit.label;
    setOpen(false);
    setHits([]);
    props.onChoose(hit);
  };
  const key = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const hit = hits[at];
    if (step && hits.length) {
      event.preventDefault();
      setOpen(true);
      setAt(open ? (at + step + hits.length + 1) % (hits.length + 1) : step > 0 ? 0 : hits.length - 1);
    } else if (event.key === "Enter" && open && hit) {
      event.preventDefault();
      choose(hit);
    } else if (event.key === "Enter" && props.onEnter && props.value.trim()) {
      event.preventDefault();
      setOpen(false);
      props.onEnter(props.value.trim());
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      setOpen(false);
    }
  };
  const option = (number: number) => `${list}-${number}`;
  const active = open && hits[at] ? option(at) : undefined;
  return (
    <div class="combobox">
      <input
        ref={box}
        id={props.id}
        type="text"
        role="combobox"
        dir="auto"
        aria-label={props.id ? undefined : props.label}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={list}
        aria-activedescendant={active}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        placeholder={props.placeholder}
        required={props.required}
        maxLength={1000}
        value={props.value}
        onInput={(event) => {
          chosen.current = "";
          props.onText(event.currentTarget.value);
        }}
        onKeyDown={key}
        onBlur={() => setOpen(false)}
        onFocus={() => setOpen(hits.length > 0)}
      />
      <div id={list} role="listbox" aria-label={props.label} class="suggestions" hidden={!open || hits.length === 0}>
        {hits.map((hit, number) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard stays in the box
          // biome-ignore lint/a11y/useFocusableInteractive: the keyboard stays in the box
          <div
            key={hit.iri}
            id={option(number)}
            role="option"
            aria-selected={number === at}
            // The box keeps the keyboard.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(hit)}
          >
            <HitLine hit={hit} />
          </div>
        ))}
      </div>
      <p class="hidden" role="status">
        {open ? found : ""}
      </p>
    </div>
  );
}

/** What tells an entity from others of its name. */
export function HitLine({ hit }: { hit: Hit }) {
  const { t, number } = useWords();
  const years = [hit.earliest, hit.latest].map((day) => day?.match(/^-?\d+/)?.[0]);
  const span = years[0] && years[1] ? (years[0] === years[1] ? years[0] : `${years[0]}–${years[1]}`) : undefined;
  const same = hit.matched.toLocaleLowerCase() === hit.label.toLocaleLowerCase();
  return (
    <span class="hit">
      <span class="hit-name">
        <Words text={hit.label} longest={80} />
        {!same && (
          <span class="quiet">
            {" "}
            <bdi>{t("search.matched", { name: cut(hit.matched) })}</bdi>
          </span>
        )}
      </span>
      <span class="hit-about">
        <ClassLabel name={hit.class} />
        {hit.places.map((place) => (
          <span key={place}>
            <Words text={place} longest={40} />
          </span>
        ))}
        {span && <span>{span}</span>}
        <span title={t("count.documents", { n: hit.documents })} class="count">
          <svg viewBox="0 0 12 14" aria-hidden="true">
            <path d="M1 1h6l4 4v8H1z" />
          </svg>
          <span aria-hidden="true">{number(hit.documents)}</span>
          <span class="hidden">{t("count.documents", { n: hit.documents })}</span>
        </span>
      </span>
    </span>
  );
}

function cut(name: string): string {
  const letters = Array.from(name);
  return letters.length > 60 ? `${letters.slice(0, 60).join("")}…` : name;
}

/** The search of all pages. `/` goes to it from anywhere. */
export function Search({ large, text: given = "" }: { large?: boolean; text?: string }) {
  const { t } = useWords();
  const [text, setText] = useState(given);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => setText(given), [given]);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const writes = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
      if (event.key === "/" && !writes && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        form.current?.querySelector("input")?.focus();
      }
    };
    document.addEventListener("keydown", key);
    return () => document.removeEventListener("keydown", key);
  }, []);
  const all = (text: string) => go(`/find?q=${encodeURIComponent(text)}`);
  return (
    <search>
      <form
        ref={form}
        class={large ? "search large" : "search"}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) all(text.trim());
        }}
      >
        <EntityBox
          label={t("search.label")}
          placeholder={t("search.placeholder")}
          value={text}
          onText={setText}
          onChoose={(hit) => {
            setText("");
            go(address(hit.iri));
          }}
          onEnter={all}
        />
        <button type="submit">{t("search")}</button>
      </form>
    </search>
  );
}
