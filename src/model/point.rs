//! Points on the globe.

/// Mean radius of the earth in kilometres (IUGG).
const RADIUS: f64 = 6371.0088;

/// Degrees north and east (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

impl Point {
    /// Kilometres along the great circle, by the haversine formula.
    ///
    /// ```
    /// use isnad::model::Point;
    /// let damascus = Point { latitude: 33.51, longitude: 36.29 };
    /// let aleppo = Point { latitude: 36.20, longitude: 37.16 };
    /// assert!((damascus.kilometres_to(aleppo) - 309.4).abs() < 0.5);
    /// ```
    pub fn kilometres_to(self, other: Self) -> f64 {
        let half = |one: f64, other: f64| ((other - one).to_radians() / 2.0).sin().powi(2);
        let (north, other_north) = (self.latitude.to_radians(), other.latitude.to_radians());
        let chord = half(self.latitude, other.latitude)
            + north.cos() * other_north.cos() * half(self.longitude, other.longitude);
        2.0 * RADIUS * chord.sqrt().min(1.0).asin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_on_the_globe() {
        let point = |latitude, longitude| Point { latitude, longitude };
        for (one, other, kilometres) in [
            (point(0.0, 0.0), point(0.0, 0.0), 0.0),
            // A degree of a great circle is a 360th of 40,030 km.
            (point(10.0, 20.0), point(11.0, 20.0), 111.195),
            (point(0.0, 179.5), point(0.0, -179.5), 111.195),
            (point(60.0, 0.0), point(60.0, 1.0), 55.597),
            (point(90.0, 0.0), point(-90.0, 0.0), 20015.115),
        ] {
            let (there, back) = (one.kilometres_to(other), other.kilometres_to(one));
            assert!((there - kilometres).abs() < 0.01 && (there - back).abs() < 1e-9, "{there} for {kilometres}");
        }
    }
}
