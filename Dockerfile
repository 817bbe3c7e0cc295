# maysend in a container: one program, no shell, no root.
#
# It is linked with glibc, whose allocator is the faster one when several cores answer at once; LMDB is compiled from
# C, for which the builder has a compiler. The final image holds the C library and nothing to log in with.

FROM rust:1.95.0-slim-bookworm AS build
WORKDIR /src
COPY . .
# The cache outlives the build and is no part of the image, so the program is copied out of it.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --bin maysend \
    && cp target/release/maysend /maysend \
    && mkdir /data

FROM gcr.io/distroless/cc-debian12:nonroot
LABEL org.opencontainers.image.title="maysend" \
      org.opencontainers.image.description="May this message be sent to this person, under UK direct-marketing law, now?" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY --from=build /maysend /maysend
# A new volume takes over this directory's owner.
COPY --from=build --chown=65532:65532 /data /var/lib/maysend

# Within the container it listens on every address: which of them are reached is for the ports to say.
ENV MAYSEND_HTTP__BIND=0.0.0.0:8080 \
    MAYSEND_STORE__DATA_DIR=/var/lib/maysend \
    MAYSEND_LOG__FORMAT=json

# By number, so that Kubernetes can see that it is not root.
USER 65532:65532
VOLUME /var/lib/maysend
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=5s --retries=3 CMD ["/maysend", "healthcheck"]
ENTRYPOINT ["/maysend"]
CMD ["serve"]
