# The command in an image. State is kept below /home/node: mount a volume there, and the credentials as a file.
#   docker build -t primero-ona-sync .
#   docker run --rm -v sync-state:/home/node/.local/state/primero-ona-sync \
#     -v "$PWD/credentials.json:/credentials.json:ro" primero-ona-sync sync --credentials /credentials.json

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY config ./config
COPY db ./db
COPY jobs ./jobs
COPY local ./local
COPY state/credentials.example.json state/get-cases.json state/initiate-sync.json ./state/
COPY workflow.json watch.json ./
RUN npm run build
# What the package holds and no more, with the versions of the lock file.
RUN npm pack --ignore-scripts && mkdir /out && tar -xzf primero-ona-sync-*.tgz -C /out --strip-components=1
RUN cp package-lock.json /out && cd /out && npm ci --omit=dev --ignore-scripts && chmod +x dist/local/cli.js

FROM node:22-bookworm-slim
COPY --from=build /out /opt/primero-ona-sync
USER node
RUN mkdir -p /home/node/.local/state/primero-ona-sync
ENV PRIMERO_ONA_INBOX_PORT=8080
# While a sync runs its inbox answers: without a key it says 401.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PRIMERO_ONA_INBOX_PORT + '/i/primero-ona-sync').then(({ status }) => process.exit(status === 401 ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/opt/primero-ona-sync/dist/local/cli.js"]
CMD ["--help"]
