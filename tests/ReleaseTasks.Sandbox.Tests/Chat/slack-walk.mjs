// Sends messages by Slack's own client for Node.js. Prints what it saw as one JSON object.
import { LogLevel, WebClient } from '@slack/web-api';

const { SLACK_API_URL: slackApiUrl, SLACK_BOT_TOKEN } = process.env;
const slack = new WebClient(SLACK_BOT_TOKEN, { slackApiUrl, logLevel: LogLevel.ERROR });
const seen = {};

const { user } = await slack.users.lookupByEmail({ email: 'dz0ny@example.com' });
const { channel } = await slack.conversations.open({ users: user.id });
const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: '*Approve* &amp; merge' } }];
seen.privately = (await slack.chat.postMessage({ channel: channel.id, text: 'Please review', blocks })).channel === channel.id;
seen.publicly = (await slack.chat.postMessage({ channel: 'releases', text: 'sushi: maintenance on' })).ok;
seen.nowhere = await slack.chat.postMessage({ channel: 'nowhere', text: 'a' }).catch(error => error.data.error);
seen.nobody = await slack.users.lookupByEmail({ email: 'nobody@example.com' }).catch(error => error.data.error);
seen.me = (await slack.auth.test()).user;

// Ten more in one breath: the last ones are told to wait, which the client does by itself.
const rates = [];
slack.on('rate_limited', seconds => rates.push(seconds));
for (let i = 0; i < 10; i++) {
  await slack.chat.postMessage({ channel: 'releases', text: `${i}` });
}

seen.waits = rates;
console.log(JSON.stringify(seen));
