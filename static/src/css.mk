# Compiles static/site.css again after a change in static/src/. Needs Node; nothing else does.
.PHONY: css
css: ## compile static/site.css from static/src (needs Node)
	mkdir -p .setup/css && cp static/src/package.json .setup/css/
	npm install --no-audit --no-fund --no-package-lock --prefix .setup/css
	.setup/css/node_modules/.bin/sass --no-source-map --style=compressed --quiet-deps \
	  --load-path=.setup/css/node_modules static/src/site.scss static/site.css
