"""What a dashboard process is told by its starter. Nothing else here reads the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class DashboardSettings(BaseSettings):
    """One process serves one role from one home, from its start to its end."""

    model_config = SettingsConfigDict(env_prefix="ZHONGSU_", frozen=True)

    home: Path = Field(default=Path("data"), description="Where the published builds lie")
    role: Literal["analyst"] = Field(default="analyst", description="Whose pages these are")
    stale_after_days: float = Field(
        default=2.0,
        gt=0,
        description="Older than this many days, a build is called old on every page",
    )
