namespace Ews.ImService.Reliability.Storage;

/// <summary>A small file system in a file, which is mounted on a folder.</summary>
internal sealed class TestFileSystem
{
    private const int Megabytes = 24;

    private readonly string _image;
    private readonly string _folder;

    private TestFileSystem(string image, string folder) => (_image, _folder) = (image, folder);

    /// <summary>Determines whether this user can mount and freeze a file system.</summary>
    public static async Task<bool> CanMountAsync(string path)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        var folder = Directory.CreateDirectory(path).FullName;
        var error = await Shell.TryRunAsync(
            $"{MountCommand(path + ".img", folder)} && fsfreeze -f '{folder}' && fsfreeze -u '{folder}' && umount '{folder}'");
        return error is null;
    }

    /// <summary>Creates a file system and mounts it.</summary>
    /// <param name="image">The file that contains the file system.</param>
    /// <param name="folder">The folder.</param>
    public static async Task<TestFileSystem> MountAsync(string image, string folder)
    {
        await Shell.RunAsync(MountCommand(image, folder));
        return new TestFileSystem(image, folder);
    }

    /// <summary>Unmounts and deletes the file system.</summary>
    public Task UnmountAsync() => Shell.RunAsync($"umount '{_folder}' && rm '{_image}'");

    private static string MountCommand(string image, string folder) =>
        $"truncate -s {Megabytes}M '{image}' && mkfs.ext4 -q -F '{image}' && mount -o loop '{image}' '{folder}'";
}
