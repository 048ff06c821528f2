"""The script that Streamlit runs."""

from dashboards.shell import show

show()
