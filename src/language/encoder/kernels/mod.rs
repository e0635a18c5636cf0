//! The loops in which the time goes, once for every instruction set.
//!
//! [`Kernels`] holds one pointer per loop; they are chosen once, when a model is built. All sets give
//! the same bytes: products are sums of whole numbers, which have no order, and everything in floating
//! point is element by element or added up in sixteen lanes in a fixed order.
//!
//! A function compiled for an instruction set may be called safely only where the set is known to be
//! there. `multiversion` is the one place where the machine is asked; it keeps its `unsafe` to itself.

mod attention;
mod elementwise;
#[cfg(target_arch = "x86_64")]
mod product_avx2;
mod product_portable;
#[cfg(target_arch = "x86_64")]
mod product_vnni;

use multiversion::multiversion;
use multiversion::target::match_target;

pub(super) use attention::{Attention, HEAD};
pub(super) use elementwise::LANES;

use super::matrix::Product;
use super::quantised::Quantised;

/// The inner loops for one instruction set.
#[derive(Clone, Copy)]
pub(super) struct Kernels {
    pub name: &'static str,
    /// Rows of bytes times a matrix.
    pub product: fn(Product<'_>),
    /// One window through all heads.
    pub attention: fn(Attention<'_>),
    /// Rows as bytes, each with its own step and zero.
    pub quantise: fn(&[f32], usize, &mut Quantised),
    /// `x · Φ(x)` of every number.
    pub gelu: fn(&mut [f32]),
    /// Adds the second rows to the first, then gives them mean 0 and variance 1, scales and shifts them.
    pub add_norm: fn(&mut [f32], &[f32], &Norm),
}

impl std::fmt::Debug for Kernels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Kernels").field(&self.name).finish()
    }
}

/// Layer normalisation (Ba et al. 2016) as BERT has it.
#[derive(Debug)]
pub(super) struct Norm {
    pub gain: Vec<f32>,
    pub shift: Vec<f32>,
    /// Added to the variance.
    pub epsilon: f32,
}

/// The loops compiled for a set of features, with the product made for it.
macro_rules! compiled {
    ($(#[$attribute:meta])* $module:ident, $name:literal, $simd:expr, $product:path) => {
        mod $module {
            use super::*;

            $(#[$attribute])*
            fn attention(job: Attention<'_>) {
                attention::attend($simd, job);
            }

            $(#[$attribute])*
            fn quantise(rows: &[f32], width: usize, out: &mut Quantised) {
                elementwise::quantise(rows, width, out);
            }

            $(#[$attribute])*
            fn gelu(values: &mut [f32]) {
                elementwise::gelu(values);
            }

            $(#[$attribute])*
            fn add_norm(rows: &mut [f32], added: &[f32], norm: &Norm) {
                elementwise::add_norm(rows, added, norm);
            }

            $(#[$attribute])*
            pub fn kernels() -> Kernels {
                Kernels { name: $name, product: $product, attention, quantise, gelu, add_norm }
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
compiled!(
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma,bmi2")]
    vnni,
    "AVX-512 VNNI",
    pulp::x86::V4::try_new().expect("has been looked for"),
    product_vnni::product
);
#[cfg(target_arch = "x86_64")]
compiled!(
    #[target_feature(enable = "avx2,fma,bmi2")]
    avx2,
    "AVX2",
    pulp::x86::V3::try_new().expect("has been looked for"),
    product_avx2::product
);
compiled!(portable, "portable", pulp::Scalar::new(), product_portable::product);

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx512vnni+avx2+fma+bmi2", "x86_64+avx2+fma+bmi2"))]
fn best() -> Kernels {
    match_target! {
        "x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx512vnni+avx2+fma+bmi2" => vnni::kernels(),
        "x86_64+avx2+fma+bmi2" => avx2::kernels(),
        _ => portable::kernels(),
    }
}

#[multiversion(targets("x86_64+avx2+fma+bmi2"))]
fn at_most_avx2() -> Kernels {
    match_target! {
        "x86_64+avx2+fma+bmi2" => avx2::kernels(),
        _ => portable::kernels(),
    }
}

/// Product of two vectors, added up in sixteen lanes.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    elementwise::sum_of_products(a, b)
}

impl Kernels {
    /// The best that the machine has; `ISNAD_KERNELS=portable` or `=avx2` forces a lesser set, for tests.
    pub fn detect() -> Self {
        Self::named(std::env::var("ISNAD_KERNELS").as_deref().unwrap_or_default())
    }

    /// The set `portable`, at most `avx2`, or the best for any other name.
    pub fn named(name: &str) -> Self {
        match name {
            "portable" => portable::kernels(),
            "avx2" => at_most_avx2(),
            _ => best(),
        }
    }
}
