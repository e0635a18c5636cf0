//! Content streams: which letters stand where on a page (ISO 32000-1, 8.3 and 9.4).

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::content::{Instruction, UntypedIter};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

use super::font::Font;
use super::matrix::Matrix;

/// How deep forms may lie in forms.
const DEPTH: usize = 12;

/// More glyphs than this on one page are not read.
const GLYPHS: usize = 400_000;

/// Graphics states that may be saved at the same time.
const STATES: usize = 10_000;

/// A piece of text on a page, upright; y grows upwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    pub letters: String,
    pub left: f64,
    pub right: f64,
    /// Of its baseline.
    pub y: f64,
    pub size: f64,
}

/// What is written on a page.
#[derive(Debug, Default)]
pub(super) struct PageGlyphs {
    /// By direction of writing: to the right, upwards, to the left, downwards; each turned upright.
    pub turned: [Vec<Glyph>; 4],
    /// Glyphs of which nothing says what they are.
    pub unknown: usize,
    /// Whether there is a picture on it.
    pub pictured: bool,
}

/// Fonts that have been read, by the object that they are.
#[derive(Default)]
pub(super) struct Fonts(HashMap<ObjectIdentifier, Rc<Font>>);

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

struct Interpreter<'a> {
    fonts: &'a mut Fonts,
    page: PageGlyphs,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    count: usize,
    /// Replacements of the text of marked content, and how deep content is marked.
    marks: Vec<Option<String>>,
}

/// Reads a page.
pub(super) fn read(page: &Page<'_>, fonts: &mut Fonts) -> PageGlyphs {
    let transform = page.initial_transform(false);
    let [a, b, c, d, e, f] = transform.as_coeffs();
    let state = State {
        matrix: Matrix([a, b, c, d, e, f]),
        font: None,
        size: 0.0,
        letter_space: 0.0,
        word_space: 0.0,
        stretch: 1.0,
        leading: 0.0,
        rise: 0.0,
    };
    let mut interpreter = Interpreter {
        fonts,
        page: PageGlyphs::default(),
        state,
        saved: Vec::new(),
        text: Matrix::IDENTITY,
        line: Matrix::IDENTITY,
        count: 0,
        marks: Vec::new(),
    };
    interpreter.run(page.operations(), page.resources(), 0);
    interpreter.page
}

impl Interpreter<'_> {
    fn run(&mut self, mut operations: UntypedIter<'_>, resources: &Resources<'_>, depth: usize) {
        let floor = self.saved.len();
        while let Some(instruction) = operations.next() {
            if self.count > GLYPHS {
                return;
            }
            self.operation(&instruction, resources, depth, floor);
        }
        // What a form has saved and not restored ends with it.
        if self.saved.len() > floor {
            self.saved.truncate(floor + 1);
            self.restore(floor);
        }
    }

    fn restore(&mut self, floor: usize) {
        if self.saved.len() > floor
            && let Some(state) = self.saved.pop()
        {
            self.state = state;
        }
    }

    fn operation(&mut self, instruction: &Instruction<'_, '_>, resources: &Resources<'_>, depth: usize, floor: usize) {
        let operands: Vec<Object<'_>> = instruction.operands().cloned().collect();
        let number = |index: usize| match operands.get(index) {
            Some(Object::Number(number)) => number.as_f64(),
            _ => 0.0,
        };
        let matrix = || Matrix(std::array::from_fn(number));
        match &**instruction.operator {
            b"q" if self.saved.len() < STATES => self.saved.push(self.state.clone()),
            b"Q" => self.restore(floor),
            b"cm" => self.state.matrix = matrix().then(self.state.matrix),
            b"BT" => {
                self.text = Matrix::IDENTITY;
                self.line = Matrix::IDENTITY;
            }
            b"Tf" => {
                if let Some(Object::Name(name)) = operands.first() {
                    self.state.font = self.font(name, resources);
                }
                self.state.size = number(1);
            }
            b"Tc" => self.state.letter_space = number(0),
            b"Tw" => self.state.word_space = number(0),
            b"Tz" => self.state.stretch = number(0) / 100.0,
            b"TL" => self.state.leading = number(0),
            b"Ts" => self.state.rise = number(0),
            b"Td" => self.next_line(number(0), number(1)),
            b"TD" => {
                self.state.leading = -number(1);
                self.next_line(number(0), number(1));
            }
            b"Tm" => {
                self.line = matrix();
                self.text = self.line;
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tj" | b"'" | b"\"" => {
                if **instruction.operator == b"\""[..] {
                    self.state.word_space = number(0);
                    self.state.letter_space = number(1);
                }
                if **instruction.operator != b"Tj"[..] {
                    self.next_line(0.0, -self.state.leading);
                }
                if let Some(Object::String(text)) = operands.last() {
                    self.show(text.as_bytes());
                }
            }
            b"TJ" => {
                let Some(Object::Array(pieces)) = operands.first() else { return };
                for piece in pieces.iter::<Object<'_>>() {
                    match piece {
                        Object::String(text) => self.show(text.as_bytes()),
                        Object::Number(back) => {
                            let shift = -back.as_f64() / 1000.0 * self.state.size * self.state.stretch;
                            self.text = Matrix::shift(shift, 0.0).then(self.text);
                        }
                        _ => {}
                    }
                }
            }
            b"BMC" => self.marks.push(None),
            b"BDC" => {
                let dict = match operands.get(1) {
                    Some(Object::Dict(dict)) => Some(dict.clone()),
                    Some(Object::Name(name)) => resources.properties.get::<Dict<'_>>(name),
                    _ => None,
                };
                self.marks.push(dict.and_then(|dict| actual_text(&dict)));
            }
            b"EMC" => drop(self.marks.pop()),
            b"gs" => {
                let Some(Object::Name(name)) = operands.first() else { return };
                let Some(font) = resources.get_ext_g_state(name).and_then(|state| state.get::<Array<'_>>("Font"))
                else {
                    return;
                };
                if let Some(dict) = font.iter::<Dict<'_>>().next() {
                    self.state.font = Some(self.fonts.get(&dict));
                }
                self.state.size = font
                    .iter::<Object<'_>>()
                    .nth(1)
                    .map_or(0.0, |size| if let Object::Number(size) = size { size.as_f64() } else { 0.0 });
            }
            b"Do" => {
                if let Some(Object::Name(name)) = operands.first()
                    && let Some(object) = resources.get_x_object(name)
                {
                    self.object(&object, resources, depth);
                }
            }
            b"EI" | b"BI" | b"ID" => self.page.pictured = true,
            _ => {}
        }
    }

    /// A form is drawn; a picture is noted.
    fn object(&mut self, object: &Stream<'_>, resources: &Resources<'_>, depth: usize) {
        let dict = object.dict();
        if dict.get::<Name<'_>>("Subtype").as_deref() != Some(b"Form") {
            self.page.pictured = true;
            return;
        }
        if depth >= DEPTH {
            return;
        }
        let Ok(content) = object.decoded() else { return };
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        let before = self.state.clone();
        if let Some(matrix) = dict.get::<Array<'_>>("Matrix") {
            let mut numbers = matrix.iter::<Number>().map(|number| number.as_f64());
            let matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0].map(|default| numbers.next().unwrap_or(default)));
            self.state.matrix = matrix.then(self.state.matrix);
        }
        let (text, line) = (self.text, self.line);
        self.run(UntypedIter::new(&content), own.as_ref().unwrap_or(resources), depth + 1);
        (self.text, self.line, self.state) = (text, line, before);
    }

    fn font(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Option<Rc<Font>> {
        let dict = resources.get_font(name)?;
        Some(self.fonts.get(&dict))
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else { return };
        let (size, stretch) = (self.state.size, self.state.stretch);
        for shown in font.shown(bytes) {
            self.count += 1;
            let start =
                Matrix([size * stretch, 0.0, 0.0, size, 0.0, self.state.rise]).then(self.text).then(self.state.matrix);
            let mut advance = shown.width * size + self.state.letter_space;
            if shown.is_space {
                advance += self.state.word_space;
            }
            // A replacement stands for all glyphs that it is marked with.
            let replaced = self.marks.iter_mut().rev().flatten().next();
            let letters = match replaced {
                Some(text) => Some(std::mem::take(text)),
                None => shown.letters,
            };
            match letters {
                Some(letters) => self.put(letters, start, shown.width),
                None => self.page.unknown += 1,
            }
            self.text = Matrix::shift(advance * stretch, 0.0).then(self.text);
        }
    }

    fn put(&mut self, letters: String, start: Matrix, width: f64) {
        if letters.is_empty() {
            return;
        }
        let (x, y) = start.direction();
        let length = x.hypot(y);
        let size = start.height();
        if !(length.is_finite() && size.is_finite() && length > 0.01 && size > 0.01) {
            return;
        }
        // What stands askew is a stamp or a watermark.
        let straight = |along: f64, across: f64| along > 0.0 && across.abs() < along * 0.1;
        let turn = match (x, y) {
            _ if straight(x, y) => 0,
            _ if straight(y, x) => 1,
            _ if straight(-x, y) => 2,
            _ if straight(-y, x) => 3,
            _ => return,
        };
        let upright = |(x, y): (f64, f64)| match turn {
            0 => (x, y),
            1 => (y, -x),
            2 => (-x, -y),
            _ => (-y, x),
        };
        let (left, baseline) = upright(start.apply(0.0, 0.0));
        let (right, _) = upright(start.apply(width, 0.0));
        self.page.turned[turn].push(Glyph { letters, left, right: right.max(left), y: baseline, size });
    }
}

impl Fonts {
    fn get(&mut self, dict: &Dict<'_>) -> Rc<Font> {
        let read = || Rc::new(Font::read(dict));
        match dict.obj_id() {
            Some(id) => Rc::clone(self.0.entry(id).or_insert_with(read)),
            None => read(),
        }
    }
}

/// The text that stands for what is marked, where its glyphs do not tell it.
fn actual_text(dict: &Dict<'_>) -> Option<String> {
    let text = dict.get::<hayro_syntax::object::String<'_>>("ActualText")?;
    let text = super::string(text.as_bytes());
    Some(text).filter(|text| !text.contains('\u{fffd}'))
}
