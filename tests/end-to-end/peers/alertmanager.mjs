// The real Alertmanager of Debian, sending every alert it gets to the server's webhook.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { freePort, start } from "./process.mjs";
import { until } from "./wait.mjs";

export class Alertmanager {
  static async start(folder, hook, token) {
    const alertmanager = new Alertmanager();
    const port = await freePort();
    const storage = path.join(folder, "storage");
    mkdirSync(storage, { recursive: true });
    const config = path.join(folder, "alertmanager.yml");
    writeFileSync(config, configuration(hook, token), { mode: 0o600 });
    const args = [
      `--config.file=${config}`,
      `--storage.path=${storage}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
    ];
    start("alertmanager", "prometheus-alertmanager", args);
    alertmanager.address = `http://127.0.0.1:${port}`;
    await until(async () => (await fetch(`${alertmanager.address}/-/ready`)).ok, {
      what: "Alertmanager to be ready",
    });
    return alertmanager;
  }

  /** Fires an alert, as Prometheus does. */
  async fire(labels, annotations) {
    const alert = { labels, annotations, startsAt: new Date().toISOString(), generatorURL: "http://127.0.0.1/graph" };
    const answer = await fetch(`${this.address}/api/v2/alerts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([alert]),
    });
    if (!answer.ok) throw new Error(`Alertmanager refused the alert: ${answer.status} ${await answer.text()}`);
  }
}

function configuration(hook, token) {
  return `route:
  receiver: desk
  group_by: [alertname]
  group_wait: 0s
  group_interval: 1s
  repeat_interval: 1h
receivers:
  - name: desk
    webhook_configs:
      - url: ${JSON.stringify(hook)}
        send_resolved: true
        http_config:
          authorization:
            type: Bearer
            credentials: ${JSON.stringify(token)}
`;
}
