"""How a dashboard process is started: the script and Streamlit's flags.

Out of scope: which role and home it serves; those come by `dashboards.settings`.
"""

from __future__ import annotations

from pathlib import Path

from dashboards.theme import FONT

APP = Path(__file__).with_name("app.py")

FLAGS = (
    "--server.headless=true",
    "--server.fileWatcherType=none",
    "--browser.gatherUsageStats=false",
    "--client.toolbarMode=minimal",
    "--client.showErrorDetails=none",
    "--client.showSidebarNavigation=false",
    "--theme.light.primaryColor=#0b6e6e",
    "--theme.dark.primaryColor=#4fb3b3",
    f"--theme.font={FONT}",
)
