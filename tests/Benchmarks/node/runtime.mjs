// Runs a Node function against the Lambda Runtime API, as Lambda's Node runtime does: import once, then loop.

import http from "node:http";

const { handler } = await import(`./${process.argv[2]}.mjs`);
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true });

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host, port, method, path, agent }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve({ headers: response.headers, body: Buffer.concat(parts) }));
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}

for (;;) {
  const invocation = await call("GET", "/2018-06-01/runtime/invocation/next");
  const id = invocation.headers["lambda-runtime-aws-request-id"];
  const result = await handler(JSON.parse(invocation.body.toString("utf8")));
  await call("POST", `/2018-06-01/runtime/invocation/${id}/response`, JSON.stringify(result ?? null));
}
