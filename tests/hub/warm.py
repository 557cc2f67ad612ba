"""One process for each of the run's that has loaded all of the program: a start that is forked from it costs little."""

import multiprocessing

WARM = multiprocessing.get_context("forkserver")
WARM.set_forkserver_preload(["tests.hub.loaded"])
