using System.Globalization;
using ReleaseTasks.Sandbox.Monitoring;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Chat;

/// <summary>The team's channel and its people's private ones: who is there, what was said, and how fast one may speak.</summary>
internal sealed class ChatRoom(StateFile<ChatState> file, TimeProvider time)
{
    /// <summary>The team's channel.</summary>
    public const string Channel = "C0RELEASES";

    private const string ChannelName = "releases";

    // Slack's "about one a second for each channel, short bursts allowed".
    private const int Burst = 10;

    private readonly ChatState _state = file.Load();
    private readonly Dictionary<string, SlidingLimit> _limits = [];
    private readonly Lock _lock = new();

    public IReadOnlyList<ChatMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _state.Messages];
            }
        }
    }

    public IReadOnlyList<ChatUser> Users
    {
        get
        {
            lock (_lock)
            {
                return [.. _state.Users];
            }
        }
    }

    /// <summary>Somebody whom the bot can find by e-mail address.</summary>
    public void AddUser(string name, string email)
    {
        lock (_lock)
        {
            _state.Users.Add(new ChatUser($"U{_state.Users.Count + 1:D8}", name, email));
            file.Save(_state);
        }
    }

    /// <summary>The channel by id or name, a person by id, or a private conversation that was opened. Null for what there isn't.</summary>
    public (string Id, string Name)? Find(string channel) => channel.TrimStart('#') switch
    {
        Channel or ChannelName => (Channel, $"#{ChannelName}"),
        var id when Users.FirstOrDefault(user => user.Id == id || PrivateChannelOf(user) == id) is { } user => (PrivateChannelOf(user), user.Email),
        _ => null,
    };

    public static string PrivateChannelOf(ChatUser user) => "D" + user.Id[1..];

    /// <summary>Keeps a message. Null when too much was said in the channel just now.</summary>
    public ChatMessage? Post((string Id, string Name) channel, string text, string? blocks)
    {
        lock (_lock)
        {
            var limit = _limits.TryGetValue(channel.Id, out var known) ? known : _limits[channel.Id] = new SlidingLimit(Burst, TimeSpan.FromSeconds(Burst), time);
            if (limit.Take() < 0)
            {
                return null;
            }

            var seconds = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            var message = new ChatMessage($"{seconds}.{_state.Messages.Count:D6}", channel.Id, channel.Name, text, blocks);
            _state.Messages.Add(message);
            file.Save(_state);
            return message;
        }
    }
}
