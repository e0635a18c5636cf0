//! The text of a parsed page as a reader sees it.

use dom_smoothie::Readability;

use super::paragraphs::{Break, Paragraphs};

/// Elements that are never text of a report.
const UNSEEN: [&str; 18] = [
    "head", "title", "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "nav", "button",
    "select", "textarea", "audio", "video", "canvas", "map",
];

/// Elements that stand apart from what comes before and after.
const BLOCKS: [&str; 42] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "thead",
    "tr",
    "ul",
];

/// All visible words, every block a paragraph of its own.
///
/// The walk keeps no stack, so that no depth of nesting matters.
pub(super) fn visible_text(page: &Readability) -> String {
    remove_note_marks(page);
    let mut text = Paragraphs::new();
    let mut verbatim = 0_usize;
    let mut node = page.doc.root();
    loop {
        let name = node.node_name();
        let name = name.as_deref().unwrap_or_default();
        let mut down = None;
        if node.is_text() {
            if verbatim > 0 {
                text.push(&node.text());
            } else {
                text.push_collapsed(&node.text());
            }
        } else if !UNSEEN.contains(&name) && !node.has_attr("hidden") {
            around(&mut text, name);
            down = node.first_child();
            verbatim += usize::from(name == "pre" && down.is_some());
        }
        if let Some(child) = down {
            node = child;
            continue;
        }
        // Up to the next element that has something after it.
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return text.finish() };
            node = parent;
            let name = node.node_name();
            let name = name.as_deref().unwrap_or_default();
            verbatim = verbatim.saturating_sub(usize::from(name == "pre"));
            if name != "br" {
                around(&mut text, name);
            }
        }
    }
}

/// Takes out what only leads to a note or back from it: no words of the text.
fn remove_note_marks(page: &Readability) {
    page.doc.select("a[role=doc-noteref], a[role=doc-backlink]").remove();
    for raised in page.doc.select("sup:has(a[href*='#'])").nodes() {
        if raised.text().trim().chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '[' | ']' | '*')) {
            raised.remove_from_parent();
        }
    }
}

/// The break that an element makes at its start and at its end.
fn around(text: &mut Paragraphs, name: &str) {
    match name {
        "br" => text.line_break(),
        "td" | "th" => text.breaks(Break::Cell),
        _ if BLOCKS.contains(&name) => text.breaks(Break::Paragraph),
        _ => {}
    }
}

/// The number of levels of the parsed tree.
pub(super) fn depth(page: &Readability) -> usize {
    let (mut depth, mut deepest) = (0, 0);
    let mut node = page.doc.root();
    loop {
        deepest = deepest.max(depth);
        if let Some(child) = node.first_child() {
            node = child;
            depth += 1;
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return deepest };
            node = parent;
            depth -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_sees() {
        for (html, text) in [
            ("<p>one <b>two</b>three\n four</p><p>five</p>", "one twothree four\n\nfive"),
            ("one<br>two<br><br>three<br/>\n<br/>four", "one\ntwo\n\nthree\n\nfour"),
            ("<table><tr><th>a<th>b<tr><td>c<td> d </table>e", "a\tb\n\nc\td\n\ne"),
            ("<figure><img src=x><figcaption>caption</figcaption></figure><time>9 Dec</time> x", "caption\n\n9 Dec x"),
            ("<pre>a\n  b</pre>c", "a\n  b\n\nc"),
            ("<ul><li>a<li>b<ul><li>c</ul></ul>", "a\n\nb\n\nc"),
            ("<p hidden>no</p><script>no</script><nav>no</nav><svg><text>no</text></svg><p>yes&nbsp;&lt;</p>", "yes <"),
            ("One.<sup><a href='#n1'>[1]</a></sup> Two<sup>2</sup><a role=doc-noteref href=x>3</a>", "One. Two2"),
            ("<title>no</title>", ""),
            ("", ""),
        ] {
            assert_eq!(visible_text(&Readability::from(html)), text, "{html}");
        }
    }
}
