# test-bench.py - grokscope-cli bench
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
sys.dont_write_bytecode = True

from harness import TINY, cli, contains, equal, main, sets, test

MEMBERS = ["threads", "steps_per_second", "tokens_per_second", "real_gflops", "dense_gflops",
           "peak_gflops", "real_share", "dense_share"]


def close(a, b):
    return abs(a - b) <= 1e-9 * abs(b)


@test
def json_has_the_agreed_members_and_they_fit_together():
    result = cli("bench", "--json", *sets(), "--threads", 2, "--seconds", 0.6).json()
    equal(list(result), MEMBERS)
    equal(result["threads"], 2)
    for name in MEMBERS:
        assert result[name] > 0, name
    tokens = TINY["batch"] * (3 * TINY["shots"] - 1)
    assert close(result["tokens_per_second"], tokens * result["steps_per_second"])
    assert close(result["real_share"], result["real_gflops"] / result["peak_gflops"])
    assert close(result["dense_share"], result["dense_gflops"] / result["peak_gflops"])
    width, depth, time = TINY["width"], TINY["depth"], 3 * TINY["shots"] - 1
    dense = (6 * 12 * width ** 2 + 12 * time * width) * depth * tokens
    assert close(result["dense_gflops"], dense * result["steps_per_second"] * 1e-9)


@test
def text_names_what_was_measured():
    text = cli("bench", *sets(optimizer="adamw"), "--threads", 1, "--seconds", 0.2).out
    for part in ("1 thread", "steps/s", "tokens/s", "GFLOP/s", "of the peak", "adamw"):
        contains(text, part)


@test
def runs_at_once_are_compared_with_one_alone():
    result = cli("bench", "--runs", 2, "--json", *sets(), "--seconds", 0.3).json()
    equal(list(result), ["runs", "alone_steps_per_second", "together_steps_per_second", "share"])
    equal(result["runs"], 2)
    assert result["alone_steps_per_second"] > 0 and result["share"] > 0
    text = cli("bench", "--runs", 1, *sets(), "--seconds", 0.1).out
    for part in ("One run alone", "1 runs at once", "times one alone"):
        contains(text, part)


@test
def a_bad_recipe_is_not_measured():
    contains(cli("bench", "--set", "p=8", status=2).err, "p must be a prime")


main()
