//! The paths against each other, on random numbers.

use proptest::prelude::*;

use super::lanes::Isa;
use super::*;
use crate::attention::QKV;
use crate::synthetic::Random;

fn kernels() -> Vec<Kernel> {
    KernelPath::available().into_iter().filter_map(Kernel::of).collect()
}

fn floats(random: &mut Random, length: usize, spread: f32) -> Vec<f32> {
    (0..length).map(|_| random.float() * spread).collect()
}

/// Bytes and weights from their whole range, the ends often.
fn activations(random: &mut Random, rows: usize, width: usize) -> Activations {
    let mut a = Activations::new(width);
    a.set_rows(rows);
    a.bytes.fill_with(|| (random.float() * 400.0 + 128.0) as u8);
    a.scale.fill(1.0);
    a
}

fn weights(random: &mut Random, inputs: usize, outputs: usize) -> (Vec<i8>, Linear) {
    let rows: Vec<i8> = (0..inputs * outputs).map(|_| (random.float() * 300.0) as i8).collect();
    let linear = Linear::pack(&rows, &vec![1.0; outputs], &vec![0.0; outputs], inputs);
    (rows, linear)
}

/// The integer product of each path, by plain loops on the unpacked weights.
fn expected(a: &Activations, rows: &[i8], outputs: usize) -> Vec<i32> {
    let row = |r: usize| &a.bytes[r * a.width..][..a.width];
    let product = |r: usize, c: usize| {
        let weights = &rows[c * a.width..][..a.width];
        row(r).iter().zip(weights).map(|(x, w)| i32::from(*x) * i32::from(*w)).sum()
    };
    (0..a.rows()).flat_map(|r| (0..outputs).map(move |c| (r, c))).map(|(r, c)| product(r, c)).collect()
}

fn tile<T: Isa>(a: &Activations, linear: &Linear) -> Vec<i32> {
    let mut sums = [[0; PANEL]; 3];
    assert_eq!(a.rows(), sums.len());
    // SAFETY: the callers ask whether the processor has the features; there are three rows.
    unsafe { T::tile(a.bytes.as_ptr(), a.width, linear.panel(0).0, &mut sums) };
    sums.as_flattened().to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn integer_products_are_the_same_on_all_paths(seed: u64, blocks in 1usize..30) {
        let mut random = Random::new(seed);
        let (width, outputs) = (blocks * 16, PANEL);
        let a = activations(&mut random, 3, width);
        let (rows, linear) = weights(&mut random, width, outputs);
        let expected = expected(&a, &rows, outputs);
        prop_assert_eq!(&tile::<portable::Portable>(&a, &linear), &expected);
        #[cfg(target_arch = "x86_64")]
        {
            if Kernel::of(KernelPath::Avx2).is_some() {
                prop_assert_eq!(&tile::<avx2::Avx2>(&a, &linear), &expected);
            }
            if Kernel::of(KernelPath::AvxVnni).is_some() {
                prop_assert_eq!(&tile::<avx2::vnni::AvxVnni>(&a, &linear), &expected);
            }
            if Kernel::of(KernelPath::Avx512Vnni).is_some() {
                prop_assert_eq!(&tile::<avx512::Avx512>(&a, &linear), &expected);
            }
        }
    }

    /// Any number of rows and of outputs, with scale, offset and bias.
    #[test]
    fn products_are_right_at_every_edge(seed: u64, rows in 1usize..20, outputs in 1usize..12) {
        let mut random = Random::new(seed);
        let (width, outputs) = (48, outputs * 16);
        let mut a = activations(&mut random, rows, width);
        a.scale = floats(&mut random, rows, 1.0);
        a.zero = floats(&mut random, rows, 30.0);
        let (integers, _) = weights(&mut random, width, outputs);
        let (scale, bias) = (floats(&mut random, outputs, 1.0), floats(&mut random, outputs, 99.0));
        let linear = Linear::pack(&integers, &scale, &bias, width);
        let sums = expected(&a, &integers, outputs);
        for kernel in kernels() {
            let mut out = vec![f32::NAN; rows * outputs];
            kernel.linear(&a, 0..rows, &linear, 0..linear.panels(), &mut out, outputs);
            for (i, x) in out.iter().enumerate() {
                let (r, c) = (i / outputs, i % outputs);
                let sum: i32 = integers[c * width..][..width].iter().map(|w| i32::from(*w)).sum();
                let right = (sums[i] as f32 * a.scale[r] + sum as f32 * a.zero[r]) * scale[c] + bias[c];
                let size = (sums[i].abs() as f32 * a.scale[r].abs() + (sum as f32 * a.zero[r]).abs()) * scale[c].abs();
                prop_assert!((x - right).abs() <= 1e-5 * (size + 100.0), "{:?} {x} {right}", kernel.path());
            }
        }
    }

    #[test]
    fn attention_is_right_at_every_length(seed: u64, pieces in 1usize..80, width in 0usize..3, spread in 0.0f32..6.0) {
        let mut random = Random::new(seed);
        let head_width = [16, 32, 64][width];
        let heads = PANEL / head_width;
        let qkv = floats(&mut random, pieces * QKV, spread);
        let right = plain_attention(&qkv, heads, head_width);
        for kernel in kernels() {
            let mut out = vec![f32::NAN; pieces * PANEL];
            let task = AttentionTask { qkv: &qkv, heads, head_width, out: &mut out, stride: PANEL };
            kernel.attention(task, &mut Scratch::default());
            for (x, right) in out.iter().zip(&right) {
                prop_assert!((x - right).abs() <= 0.01 * spread, "{:?} {x} {right}", kernel.path());
            }
        }
    }

    #[test]
    fn bytes_come_back_within_half_a_step(seed: u64, spread in 0.001f32..1e4) {
        let mut random = Random::new(seed);
        let values = floats(&mut random, 3 * 48, spread);
        for kernel in kernels() {
            let mut a = Activations::new(48);
            kernel.quantize(&values, &mut a);
            for (i, x) in values.iter().enumerate() {
                let back = a.zero[i / 48] + a.scale[i / 48] * f32::from(a.bytes[i]);
                prop_assert!((back - x).abs() <= 0.501 * a.scale[i / 48], "{:?} {back} {x}", kernel.path());
            }
        }
    }
}

fn plain_attention(qkv: &[f32], heads: usize, head_width: usize) -> Vec<f32> {
    let pieces = qkv.len() / QKV;
    let part =
        |piece: usize, part: usize, head: usize| &qkv[piece * QKV + part * PANEL + head * head_width..][..head_width];
    let mut out = vec![0.0; pieces * PANEL];
    for head in 0..heads {
        for query in 0..pieces {
            let dot = |key: usize| -> f64 {
                let both = part(query, 0, head).iter().zip(part(key, 1, head));
                both.map(|(q, k)| f64::from(q * k)).sum::<f64>() / (head_width as f64).sqrt()
            };
            let most = (0..pieces).map(dot).fold(f64::NEG_INFINITY, f64::max);
            let weights: Vec<f64> = (0..pieces).map(|key| (dot(key) - most).exp()).collect();
            let total: f64 = weights.iter().sum();
            for (key, weight) in weights.iter().enumerate() {
                for (i, value) in part(key, 2, head).iter().enumerate() {
                    out[query * PANEL + head * head_width + i] += (weight / total) as f32 * value;
                }
            }
        }
    }
    out
}

#[test]
fn gelu_is_right() {
    let values: Vec<f32> =
        (0..4096).map(|i| (i as f32 - 2048.0) / 128.0).chain([300.0; 16]).chain([-300.0; 16]).collect();
    let right = |x: f32| {
        let x = f64::from(x);
        0.5 * x * (1.0 + ((2.0 / std::f64::consts::PI).sqrt() * (x + 0.044715 * x * x * x)).tanh())
    };
    for kernel in kernels() {
        let mut out = values.clone();
        kernel.gelu_quantize(&mut out, &mut Activations::new(16));
        for (x, y) in values.iter().zip(&out) {
            let right = right(*x) as f32;
            assert!((y - right).abs() <= 2e-4 * right.abs() + 1e-6, "{:?}: {x} became {y}, not {right}", kernel.path());
        }
    }
}

#[test]
fn rows_of_equal_numbers_survive() {
    for kernel in kernels() {
        let mut a = Activations::new(16);
        kernel.quantize(&[2.5; 16], &mut a);
        assert_eq!((a.scale[0], a.zero[0]), (0.0, 2.5), "{:?}", kernel.path());
        let mut out = [f32::NAN; 16 * QKV];
        let task = AttentionTask { qkv: &[0.0; 3 * QKV], heads: 2, head_width: 32, out: &mut out, stride: PANEL };
        kernel.attention(task, &mut Scratch::default());
        assert_eq!(out[..3 * PANEL], [0.0; 3 * PANEL], "{:?}", kernel.path());
    }
}

#[test]
fn dense_is_right() {
    let mut random = Random::new(5);
    for (rows, inputs, outputs) in [(1, 8, 1), (7, 16, 7), (9, 33, 40)] {
        let (input, weight) = (floats(&mut random, rows * inputs, 1.0), floats(&mut random, outputs * inputs, 1.0));
        let bias = floats(&mut random, outputs, 1.0);
        for kernel in kernels() {
            let mut dense = crate::Dense::pack(&weight, &bias, inputs);
            dense.set_kernel(kernel);
            let mut out = vec![9.0; 2];
            dense.apply(&input, &mut out);
            assert_eq!(out.len(), rows * outputs);
            for (i, x) in out.iter().enumerate() {
                let (row, output) = (i / outputs, i % outputs);
                let both = input[row * inputs..][..inputs].iter().zip(&weight[output * inputs..][..inputs]);
                let right = bias[output] + both.map(|(x, w)| x * w).sum::<f32>();
                assert!((x - right).abs() < 1e-4, "{:?} {x} {right}", kernel.path());
            }
        }
    }
}
