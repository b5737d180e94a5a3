// From a Kinesis stream to Splunk in the way of the usual examples: inflate, parse, stringify, post. No answer is looked at
// beyond its end, nothing is sent again, nothing is kept.

import http from "node:http";
import { gunzipSync } from "node:zlib";

const url = new URL("/services/collector/event", process.env.FLOW_LOGS_HEC_URL);
const agent = new http.Agent({ keepAlive: true });
const mostCharacters = 1_000_000;
const typed = process.env.TYPED === "true";
const numbers = new Set([0, 5, 6, 7, 8, 9, 10, 11]);
const names =
  "version account_id interface_id src_ip dest_ip src_port dest_port protocol_code packets bytes start end vpcflow_action log_status".split(" ");

function fieldsOf(line) {
  const fields = {};
  line.split(" ").forEach((value, i) => {
    if (value !== "-") {
      fields[names[i]] = numbers.has(i) ? Number(value) : value;
    }
  });
  fields.src = fields.src_ip;
  fields.dest = fields.dest_ip;
  fields.dvc = fields.interface_id;
  fields.vendor_account = fields.account_id;
  fields.vendor_product = "AWS VPC Flow Logs";
  fields.action = fields.vpcflow_action === "ACCEPT" ? "allowed" : "blocked";
  fields.transport = fields.protocol_code === 6 ? "tcp" : "udp";
  fields.duration = fields.end - fields.start;
  return fields;
}

function post(body) {
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      { method: "POST", agent, headers: { Authorization: "Splunk token", "Content-Type": "application/json" } },
      (response) => {
        response.resume();
        response.on("end", resolve);
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

export async function handler(event) {
  let body = "";
  for (const record of event.Records) {
    const message = JSON.parse(gunzipSync(Buffer.from(record.kinesis.data, "base64")).toString("utf8"));
    if (message.messageType !== "DATA_MESSAGE") {
      continue;
    }

    const source = `${message.logGroup}:${message.logStream}`;
    for (const logEvent of message.logEvents) {
      const out = {
        time: logEvent.timestamp / 1000,
        source,
        sourcetype: "aws:cloudwatchlogs:vpcflow",
        event: logEvent.message,
      };
      if (typed) {
        out.fields = fieldsOf(logEvent.message);
        out.fields.cwl_id = logEvent.id;
      }

      body += JSON.stringify(out);
      if (body.length > mostCharacters) {
        await post(body);
        body = "";
      }
    }
  }

  if (body.length > 0) {
    await post(body);
  }
}
