"""The configuration: found, checked, merged."""

from __future__ import annotations

from mkt_lint._config.configs import Configs
from mkt_lint._config.document import ConfigError, ConfigFile
from mkt_lint._config.model import CommandLine
from mkt_lint._config.options import build_options

__all__ = ["CommandLine", "ConfigError", "ConfigFile", "Configs", "build_options"]
