"""The baseline our suggestions are measured against: scikit-learn's linear SVM.

Words 1-2 and characters 2-5 (within words), TF-IDF with sublinear counts, LinearSVC with C=1, one thread.
Prints one JSON object. Needs Debian's python3-sklearn.

    /usr/bin/python3 tooling/sklearn-baseline.py --excerpts F.jsonl --split S.json --seed 0 --size full
"""
import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import argparse
import json
import time

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import FeatureUnion
from sklearn.preprocessing import MultiLabelBinarizer
from sklearn.svm import LinearSVC


def read_rows(excerpts, split, seed, size):
    with open(split, encoding="utf-8") as file:
        plan = json.load(file)
    known = set(plan["labels"])
    rows = {}
    with open(excerpts, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            labels = [label for label in row["labels"] if label in known]
            if labels:
                rows[row["id"]] = (row["text"], labels)
    ids = plan["seeds"][str(seed)]
    train = [rows[id] for id in ids[size] if id in rows]
    test = [rows[id] for id in ids["test"] if id in rows]
    return plan["labels"], train, test


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--excerpts", required=True)
    parser.add_argument("--split", required=True)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--size", default="full")
    options = parser.parse_args()
    labels, train, test = read_rows(options.excerpts, options.split, options.seed, options.size)
    is_multi = any(len(row[1]) > 1 for row in train)
    binarizer = MultiLabelBinarizer(classes=labels)

    def targets(rows):
        return binarizer.fit_transform([row[1] for row in rows]) if is_multi else [row[1][0] for row in rows]

    features = FeatureUnion([
        ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)),
        ("characters", TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)),
    ])
    machine = OneVsRestClassifier(LinearSVC(C=1.0)) if is_multi else LinearSVC(C=1.0)

    cpu = time.process_time()
    matrix = features.fit_transform([row[0] for row in train])
    vectorise_cpu = time.process_time() - cpu
    machine.fit(matrix, targets(train))
    train_cpu = time.process_time() - cpu

    cpu = time.process_time()
    scores = machine.decision_function(features.transform([row[0] for row in test]))
    if is_multi:
        predicted = (scores > 0).astype(int)
        for row, best in enumerate(scores.argmax(axis=1)):
            if predicted[row].sum() == 0:
                predicted[row, best] = 1
    else:
        predicted = [machine.classes_[best] for best in scores.argmax(axis=1)]
    predict_cpu = time.process_time() - cpu

    truth = targets(test)
    names = None if is_multi else labels
    print(json.dumps({
        "sklearn": sklearn.__version__,
        "n_train": len(train),
        "n_test": len(test),
        "features": matrix.shape[1],
        "entries": int(matrix.nnz),
        "vectorise_cpu_s": vectorise_cpu,
        "train_cpu_s": train_cpu,
        "predict_cpu_s": predict_cpu,
        "micro_f1": f1_score(truth, predicted, labels=names, average="micro", zero_division=0),
        "macro_f1": f1_score(truth, predicted, labels=names, average="macro", zero_division=0),
    }))


if __name__ == "__main__":
    main()
