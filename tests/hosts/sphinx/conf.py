project = "Help centre"
language = "en"
# The site's files lie in _static/diagnoser/.
html_static_path = ["_static"]
html_js_files = [("diagnoser/widget.js", {"type": "module"})]
html_copy_source = False
