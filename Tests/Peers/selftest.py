"""Checks the peers themselves: `.build/peers/bin/python Tests/Peers/selftest.py [name …]`.

What AWS's and Microsoft's own code does must pass; what their documents refuse must be refused.
"""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).parent


def main():
    sys.path.insert(0, str(HERE))
    loader = unittest.TestLoader()
    if len(sys.argv) > 1:
        loader.testNamePatterns = [f"*{word}*" for word in sys.argv[1:]]
    suite = loader.discover(str(HERE / "checks"), pattern="*_checks.py", top_level_dir=str(HERE))
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    sys.exit(0 if result.wasSuccessful() and result.testsRun else 1)


if __name__ == "__main__":
    main()
