#[test]
#[ignore]
fn profile() {
    use super::*;
    use std::time::Instant;
    fn best(mut f: impl FnMut()) -> f64 { let mut b = f64::INFINITY; for _ in 0..400 { let t = Instant::now(); f(); b = b.min(t.elapsed().as_secs_f64()); } b }
    #[target_feature(enable="avx512f,avx512vnni")]
    fn dp(n:u64)->i32{ use std::arch::x86_64::*; let mut a=[_mm512_setzero_si512();16]; let x=_mm512_set1_epi32(std::hint::black_box(3)); let y=_mm512_set1_epi32(std::hint::black_box(5));
      for _ in 0..n { for v in a.iter_mut(){ *v=_mm512_dpbusd_epi32(*v,x,y);} } let mut s=a[0]; for v in &a[1..]{s=_mm512_add_epi32(s,*v);} _mm512_reduce_add_epi32(s)}
    let k = Kernel::best();
    let rows = 96;
    let peak = || { let t = best(|| { unsafe { std::hint::black_box(dp(10_000)); } }); 160_000.0 / t };
    let mk = |i: usize, o: usize| { let w: Vec<i8> = (0..i*o).map(|x| (x*7919%255) as i8).collect(); Linear::pack(&w, &vec![0.01;o], &vec![0.1;o], i) };
    let base = peak();
    println!("peak {:.2} G dp/s", base/1e9);
    let cyc = base / 2.0; // cycles a second
    let mut run = |name: &str, per: f64, ideal: f64, f: &mut dyn FnMut()| { let p0 = peak()/2.0; let t = best(&mut *f); let c = t * p0.max(cyc) / per; println!("{name:<12} {c:8.0} cycles/row ideal {ideal:8.0}  {:.2}", ideal / c); };
    for (i, o) in [(384, 384), (384, 1536), (1536, 384)] {
        let w = mk(i, o);
        let mut a = Activations::new(i); a.set_rows(rows);
        for (n, b) in a.bytes.iter_mut().enumerate() { *b = (n * 31 % 256) as u8; }
        let mut out = vec![0.0; rows * o];
        run(&format!("{i}x{o}"), rows as f64, (i * o) as f64 / 128.0, &mut || k.linear(&a, 0..rows, &w, 0..w.panels(), &mut out, o));
    }
    let mut v: Vec<f32> = (0..rows * 1536).map(|x| (x % 1000) as f32 / 200.0 - 2.5).collect();
    let mut a = Activations::new(1536);
    let v0 = v.clone();
    run("gelu_quant", rows as f64, 0.0, &mut || { v.copy_from_slice(&v0); k.gelu_quantize(&mut v, &mut a); });
    run("quant1536", rows as f64, 0.0, &mut || k.quantize(&v, &mut a));
    let mut a = Activations::new(384);
    let norm = Norm { weight: vec![1.0; 384], bias: vec![0.1; 384] };
    let mut st: Vec<f32> = v0[..rows * 384].to_vec();
    run("quant384", rows as f64, 0.0, &mut || k.quantize(&v0[..rows * 384], &mut a));
    run("add_norm", rows as f64, 0.0, &mut || k.add_norm_quantize(&mut st, &v0[..rows * 384], &norm, &mut a));
    for n in [256, 128, 64, 32] {
        let qkv: Vec<f32> = (0..n * 192).map(|x| (x * 7919 % 1000) as f32 / 500.0 - 1.0).collect();
        let mut out = vec![0.0; n * 384];
        let mut s = Scratch::default();
        run(&format!("attn{n} x6"), n as f64 / 6.0, (n * 384) as f64 * 2.0 / 64.0, &mut || k.attention(AttentionTask { qkv: &qkv, heads: 2, head_width: 32, out: &mut out, stride: 384 }, &mut s));
    }
}
