# The café's model in numpy, as one would write it: python3 trials.py TRIALS
import sys

import numpy

trials = int(sys.argv[1])
random = numpy.random.default_rng(1)


def pert(low, likely, high):
    p = (likely - low) / (high - low)
    return low + (high - low) * random.beta(1 + 4 * p, 1 + 4 * (1 - p), trials)


spend = pert(7, 9, 12)
visits = pert(4, 5, 6) * 12
years = pert(2, 4, 6)
margin = pert(0.62, 0.66, 0.70)
leave = pert(0.05, 0.08, 0.15)
total = spend * visits * margin * years * (1 + leave * 5)
for quantile in numpy.quantile(total, [0.05, 0.1, 0.5, 0.9, 0.95]):
    print(f"{quantile:.2f}")
