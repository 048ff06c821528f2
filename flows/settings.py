"""What may be set for commands and flows. Nothing else in `flows` reads the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class FlowSettings(BaseSettings):
    """Settings of the command line, from `ZHONGSU_...` variables; an option given by hand wins."""

    model_config = SettingsConfigDict(env_prefix="ZHONGSU_", frozen=True)

    home: Path = Field(
        default=Path("data"), description="Where landing, warehouse and casework lie"
    )
    actor: str = Field(default="", description="Who decides, where no name is given")
    workers: int = Field(default=2, ge=1, description="Processes that read complaints")
    keep_builds: int = Field(default=5, ge=1, description="Published builds that are kept")
    keep_aside: int = Field(
        default=60, ge=1, description="Builds as of an earlier day that are kept aside"
    )
    batch_rows: int = Field(default=2_000, ge=1, description="Complaints a worker takes at a time")
