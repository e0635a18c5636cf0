//! Axis-parallel rectangles, and finding which of many overlap a given one.

/// An axis-parallel rectangle; y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rectangle {
    /// The smallest x.
    pub left: f64,
    /// The smallest y.
    pub top: f64,
    /// The largest x.
    pub right: f64,
    /// The largest y.
    pub bottom: f64,
}

impl Rectangle {
    /// The rectangle of this size around a centre.
    pub fn around(x: f64, y: f64, width: f64, height: f64) -> Self {
        Rectangle { left: x - width / 2.0, top: y - height / 2.0, right: x + width / 2.0, bottom: y + height / 2.0 }
    }

    /// Right minus left.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Bottom minus top.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether the insides share a point; touching is not overlapping.
    ///
    /// ```
    /// use isnad::graph::Rectangle;
    /// let a = Rectangle::around(0.0, 0.0, 2.0, 2.0);
    /// assert!(a.overlaps(&Rectangle::around(1.5, 0.0, 2.0, 2.0)));
    /// assert!(!a.overlaps(&Rectangle::around(2.0, 0.0, 2.0, 2.0)));
    /// ```
    pub fn overlaps(&self, other: &Rectangle) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether the point lies in the rectangle or on its border.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// The smallest rectangle around both.
    pub fn union(&self, other: &Rectangle) -> Rectangle {
        Rectangle {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// The rectangle with `margin` more on every side.
    pub fn grown(&self, margin: f64) -> Rectangle {
        Rectangle {
            left: self.left - margin,
            top: self.top - margin,
            right: self.right + margin,
            bottom: self.bottom + margin,
        }
    }

    /// The rectangle moved by (x, y).
    pub fn moved(&self, x: f64, y: f64) -> Rectangle {
        Rectangle { left: self.left + x, top: self.top + y, right: self.right + x, bottom: self.bottom + y }
    }
}

/// Rectangles sorted into the cells of a grid, so that a question looks at the near ones only.
#[derive(Debug, Clone)]
pub struct RectangleIndex {
    columns: usize,
    rows: usize,
    cells: Vec<Vec<Rectangle>>,
}

const CELL: f64 = 120.0;
const MOST_CELLS_PER_SIDE: usize = 600;

impl RectangleIndex {
    /// An empty index for rectangles in (0, 0)–(width, height); those outside are found too, slower.
    pub fn new(width: f64, height: f64) -> Self {
        let side = |length: f64| ((length.max(0.0) / CELL).ceil() as usize).clamp(1, MOST_CELLS_PER_SIDE);
        let (columns, rows) = (side(width), side(height));
        RectangleIndex { columns, rows, cells: vec![Vec::new(); columns * rows] }
    }

    /// Adds a rectangle.
    pub fn insert(&mut self, rectangle: Rectangle) {
        for cell in self.cells_of(&rectangle) {
            self.cells[cell].push(rectangle);
        }
    }

    /// Whether any rectangle in the index overlaps this one.
    pub fn any_overlap(&self, rectangle: &Rectangle) -> bool {
        self.cells_of(rectangle).any(|cell| self.cells[cell].iter().any(|other| other.overlaps(rectangle)))
    }

    fn cells_of(&self, rectangle: &Rectangle) -> impl Iterator<Item = usize> + use<> {
        // `as usize` saturates, so what lies outside falls into the border cells.
        let cell = |at: f64, count: usize| ((at / CELL) as usize).min(count - 1);
        let columns = cell(rectangle.left, self.columns)..=cell(rectangle.right, self.columns);
        let rows = cell(rectangle.top, self.rows)..=cell(rectangle.bottom, self.rows);
        let width = self.columns;
        rows.flat_map(move |row| columns.clone().map(move |column| row * width + column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_finds_what_a_scan_finds() {
        let rectangles: Vec<_> = (0..200_u32)
            .map(|i| {
                let at = |step: u32| f64::from(i * step % 1000) - 100.0;
                Rectangle::around(at(37), at(91), f64::from(i % 7 * 20), 15.0)
            })
            .collect();
        let mut index = RectangleIndex::new(800.0, 800.0);
        for (i, rectangle) in rectangles.iter().enumerate() {
            let scan = rectangles[..i].iter().any(|other| other.overlaps(rectangle));
            assert_eq!(index.any_overlap(rectangle), scan, "{i}");
            index.insert(*rectangle);
        }
    }
}
