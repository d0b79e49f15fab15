return await Parallax.Cli.ParallaxCli.RunAsync(args, Console.Out, Console.Error);
